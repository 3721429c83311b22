package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.ScriptedCloud;
import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account from its registration on: tried, found out, wrong, changed by its provider. */
class AccountLifeTest {
  private static final String SCRIPT = script();
  private static final String POOR = SCRIPT.replace("PAUSE, SUSPEND, ", "");

  private final ScriptedCloud second =
      new ScriptedCloud(
          CloudScript.parse(SCRIPT.replace("name: town", "name: second")), Clock.systemUTC());
  private final ScriptedCloud third =
      new ScriptedCloud(
          CloudScript.parse(SCRIPT.replace("name: town", "name: third")), Clock.systemUTC());
  private final TestBroker broker;
  private final Client operator;

  AccountLifeTest(@TempDir Path keys) throws IOException {
    Files.createDirectories(keys);
    broker =
        TestBroker.on(
            Stores.memory(BrokerKinds.all(), Clock.systemUTC()),
            keys,
            TestBroker.cloud("/checklist/cloud.yaml"),
            second,
            third);
    operator = new Client(broker.url(), Client.basic("admin", TestBroker.PASSWORD));
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private static String script() {
    try (InputStream in = AccountLifeTest.class.getResourceAsStream("/checklist/cloud.yaml")) {
      if (in == null) throw new AssertionError("the script is gone");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> register(String settings) {
    String body = "{'name': 'second', 'connector': 'scripted', 'settings': {" + settings + "}}";
    return operator.send("POST", "broker/1/accounts", body.replace('\'', '"'));
  }

  private HttpResponse<String> change(String account, String settings) {
    String body = "{'name': 'second', 'settings': {" + settings + "}}";
    return operator.send("PUT", account, body.replace('\'', '"'));
  }

  private String registered(String settings) {
    HttpResponse<String> answer = register(settings);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Client.json(answer).path("id").asText();
  }

  private void assertNothingStored() {
    assertThat(operator.json("broker/1/accounts").path("count").asInt()).isEqualTo(1);
  }

  private static void eventually(BooleanSupplier condition) {
    await().atMost(Duration.ofMinutes(2)).until(condition::getAsBoolean);
  }

  @Test
  void registeringAnswersWithWhatWasFound() {
    HttpResponse<String> answer = register("'address': 'memory:second'");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode account = Client.json(answer);
    assertThat(account.path("inventory").path("places").asInt()).isEqualTo(1);
    assertThat(account.path("inventory").path("images").asInt()).isEqualTo(1);
    assertThat(account.path("inventory").path("source").asText()).isEqualTo("script of second");
    assertThat(account.path("discovered").asText()).isNotEmpty();
  }

  @Test
  void whatWasFoundIsOfferedWhenTheAnswerIsHere() {
    assertThat(register("'address': 'memory:second'").statusCode()).isEqualTo(201);
    assertThat(sources()).contains("script of second");
  }

  private List<String> sources() {
    return operator.json("broker/1/offers").path("offers").findValuesAsText("source");
  }

  @Test
  void offersAndLocationsTellTheirSourceAndAge() {
    eventually(() -> operator.json("broker/1/offers").path("count").asInt() > 0);
    for (String collection : List.of("offers", "locations")) {
      JsonNode one = operator.json("broker/1/" + collection).path(collection).path(0);
      assertThat(one.path("source").asText()).isEqualTo("script of town");
      assertThat(one.path("observed").asText()).isNotEmpty();
    }
  }

  @Test
  void aWrongPasswordNamesItsFieldAndStoresNothing() {
    second.password("right");
    HttpResponse<String> answer = register("'address': 'memory:second', 'password': 'wrong one'");
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode told = Client.json(answer);
    assertThat(told.path("code").asText()).isEqualTo("account.refused");
    assertThat(told.path("field").asText()).isEqualTo("settings.password");
    assertThat(told.path("remedy").asText()).isNotEmpty();
    assertThat(answer.body()).doesNotContain("wrong one");
    assertNothingStored();
  }

  @Test
  void settingsThatAreChangedAreTriedBeforeTheyAreStored() {
    second.password("right");
    String account = registered("'address': 'memory:second', 'password': 'right'");
    JsonNode before = operator.json(account).path("settings");
    HttpResponse<String> wrong =
        change(account, "'address': 'memory:second', 'password': 'wrong one'");
    assertThat(wrong.statusCode()).as(wrong.body()).isEqualTo(400);
    assertThat(Client.json(wrong).path("code").asText()).isEqualTo("account.refused");
    assertThat(Client.json(wrong).path("field").asText()).isEqualTo("settings.password");
    assertThat(wrong.body()).doesNotContain("wrong one");
    HttpResponse<String> forbidden =
        change(account, "'address': '127.0.0.1:1', 'password': 'right'");
    assertThat(forbidden.statusCode()).as(forbidden.body()).isEqualTo(503);
    HttpResponse<String> none = operator.send("PUT", account, "{\"name\": \"second\"}");
    assertThat(none.statusCode()).as(none.body()).isEqualTo(400);
    assertThat(operator.json(account).path("settings")).isEqualTo(before);
    HttpResponse<String> kept = change(account, "'address': 'memory:second'");
    assertThat(kept.statusCode()).as("the secret is kept: " + kept.body()).isEqualTo(200);
  }

  /** Else whoever may change an account would be sent the secret that nobody is shown. */
  @Test
  void aSecretIsNotSentToAnotherAddressThanItWasGivenFor() {
    second.password("right");
    String account = registered("'address': 'memory:second', 'password': 'right'");
    JsonNode before = operator.json(account).path("settings");
    int asked = third.calls().size();
    HttpResponse<String> moved = change(account, "'address': 'memory:third'");
    assertThat(moved.statusCode()).as(moved.body()).isEqualTo(400);
    JsonNode told = Client.json(moved);
    assertThat(told.path("code").asText()).isEqualTo("account.setting");
    assertThat(told.path("field").asText()).isEqualTo("settings.password");
    assertThat(told.path("remedy").asText()).contains("again");
    assertThat(third.calls()).hasSize(asked);
    assertThat(operator.json(account).path("settings")).isEqualTo(before);
    third.password("another");
    HttpResponse<String> with = change(account, "'address': 'memory:third', 'password': 'another'");
    assertThat(with.statusCode()).as(with.body()).isEqualTo(200);
    assertThat(sources()).contains("script of third");
  }

  /** Else what stands there would count as lost, while it runs and costs where it is. */
  @Test
  void anAccountBecomesNoOtherAccountWhileSomethingStandsThere() {
    String account = registered("'address': 'memory:second'");
    String volume =
        operator.made(
            "cimi/2/volumes",
            "{'name': 'data', 'volumeTemplate': {'volumeConfig': {'capacity': 1000}},"
                + " 'placement': {'terms': {'accounts': 'second'}}}");
    eventually(() -> operator.json(volume).path("state").asText().equals("AVAILABLE"));
    HttpResponse<String> moved = change(account, "'address': 'memory:third'");
    assertThat(moved.statusCode()).as(moved.body()).isEqualTo(409);
    JsonNode told = Client.json(moved);
    assertThat(told.path("code").asText()).isEqualTo("account.in-use");
    assertThat(told.path("field").asText()).isEqualTo("settings");
    assertThat(moved.body()).contains(volume.replaceAll(".*/cimi/2/", ""));
    assertThat(operator.json(account).at("/settings/address").asText()).isEqualTo("memory:second");

    assertThat(operator.send("DELETE", volume, "").statusCode()).isEqualTo(202);
    eventually(() -> operator.send("GET", volume, "").statusCode() == 404);
    assertThat(change(account, "'address': 'memory:third'").statusCode()).isEqualTo(200);
  }

  @Test
  void aSettingThatIsWrongIsNamed() {
    JsonNode told = Client.json(register("'address': 'memory:nowhere'"));
    assertThat(told.path("code").asText()).isEqualTo("account.setting");
    assertThat(told.path("field").asText()).isEqualTo("settings.address");
    assertNothingStored();
  }

  @Test
  void aFileThatItsConnectorDoesNotReadIsRefused() {
    String body =
        "{\"name\": \"x\", \"connector\": \"scripted\", \"settingsFile\": \"clouds: {}\"}";
    JsonNode told = Client.json(operator.send("POST", "broker/1/accounts", body));
    assertThat(told.path("code").asText()).isEqualTo("account.file");
    assertThat(told.path("field").asText()).isEqualTo("settingsFile");
    assertNothingStored();
  }

  /** Port open or closed: the same words, in no less time, and nobody knocks. */
  @Test
  void anAddressThatMayNotBeCalledTellsNothing() throws IOException {
    try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      List<String> told = new ArrayList<>();
      for (int port : List.of(open.getLocalPort(), 1)) {
        long begin = System.nanoTime();
        HttpResponse<String> answer = register("'address': '127.0.0.1:" + port + "'");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
            .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        assertThat(answer.statusCode()).isEqualTo(503);
        JsonNode job = Client.json(answer);
        assertThat(job.path("code").asText()).isEqualTo("account.unreachable");
        assertThat(job.path("field").asText()).isEqualTo("settings.address");
        told.add(job.path("statusMessage").asText() + job.path("remedy").asText());
        assertThat(answer.body()).doesNotContain("127.0.0.1:" + port);
      }
      assertThat(told.getFirst()).isEqualTo(told.getLast());
      open.setSoTimeout(1);
      assertThat(knocked(open)).isFalse();
    }
    assertNothingStored();
  }

  private static boolean knocked(ServerSocket socket) throws IOException {
    try {
      socket.accept().close();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Test
  void discoveringOnRequestIsAJobThatTellsWhatWasFound() {
    JsonNode account = operator.json("broker/1/accounts").path("accounts").path(0);
    JsonNode job = asked(account);
    String at = job.path("id").asText();
    eventually(() -> operator.json(at).path("state").asText().equals("SUCCESS"));
    assertThat(operator.json(at).path("statusMessage").asText())
        .contains("found 1 places, 1 sizes, 1 images (script of town)");
  }

  private JsonNode asked(JsonNode account) {
    for (JsonNode operation : account.path("operations")) {
      String rel = operation.path("rel").asText();
      if (rel.endsWith("/discover")) {
        HttpResponse<String> answer =
            operator.send("POST", operation.path("href").asText(), "{\"action\": \"" + rel + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return operator.json(answer.headers().firstValue("CIMI-Job-URI").orElseThrow());
      }
    }
    throw new AssertionError("no operation discover: " + account);
  }

  @Test
  void anAbilityThatIsTakenAwayGoesEverywhereAndComesBack() {
    String machine = startedMachine();
    eventually(() -> all(machine, true));
    broker.cloud().script(POOR);
    eventually(() -> all(machine, false));
    broker.cloud().script(SCRIPT);
    eventually(() -> all(machine, true));
  }

  /** Offer, location, metadata and the machine's operations agree. */
  private boolean all(String machine, boolean there) {
    JsonNode metadata = operator.json("cimi/2/resourceMetadata/Machine").path("capabilities");
    return operator.json("broker/1/offers").toString().contains("PAUSE") == there
        && operator.json("broker/1/locations").toString().contains("PAUSE") == there
        && metadata.toString().contains("PAUSED") == there
        && operator.json(machine).path("operations").toString().contains("/pause") == there;
  }

  private String startedMachine() {
    eventually(() -> operator.json("cimi/2/machineImages").path("count").asInt() > 0);
    String image =
        operator.json("cimi/2/machineImages").path("machineImages").path(0).path("id").asText();
    String config =
        operator.made("cimi/2/machineConfigs", "{'name': 'small', 'cpu': 1, 'memory': 524288}");
    String machine =
        operator.made(
            "cimi/2/machines",
            "{'name': 'm', 'machineTemplate': {'initialState': 'STARTED', 'machineConfig': {'href':"
                + " '"
                + config
                + "'}, 'machineImage': {'href': '"
                + image
                + "'}}}");
    eventually(() -> operator.json(machine).path("state").asText().equals("STARTED"));
    return machine;
  }
}
