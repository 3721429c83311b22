package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedCloud;
import io.meltemi.pivot.MachineState;
import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two accounts, and the provider of one hangs: every call waits for ten minutes. */
class IsolationTest {
  private static final int CALLS = 2;
  private static final int WAITING = 4;
  private static final int ORDERS = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration LONGER_THAN_ANY_TEST = Duration.ofMinutes(10);

  private final ScriptedCloud sick = new ScriptedCloud(script(), Clock.systemUTC());
  private final TestBroker broker;
  private final Client operator;
  private String account = "";

  IsolationTest(@TempDir Path keys) throws IOException {
    broker =
        TestBroker.on(
            Stores.memory(BrokerKinds.all(), Clock.systemUTC()),
            keys,
            TestBroker.cloud("/checklist/cloud.yaml"),
            sick);
    operator = new Client(broker.url(), Client.basic("admin", TestBroker.PASSWORD));
  }

  private static CloudScript script() {
    try (InputStream in = IsolationTest.class.getResourceAsStream("/checklist/cloud.yaml")) {
      if (in == null) throw new AssertionError("the script is gone");
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return CloudScript.parse(
          text.replace("name: town", "name: sick").replace("name: debian", "name: sick-debian"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** With a limit for each call. */
  private void register(Duration call) {
    account =
        operator.made(
            "broker/1/accounts",
            """
            {'name': 'sick', 'connector': 'scripted', 'settings': {'address': 'memory:sick'},
             'limits': {'callSeconds': %d, 'parallelCalls': %d, 'waitingCalls': %d,
               'watchMilliseconds': 300, 'discoverSeconds': 2, 'lookSeconds': 600}}
            """
                .formatted(call.toSeconds(), CALLS, WAITING));
    eventually(() -> operator.json("cimi/2/machineImages").path("count").asInt() == 2);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private static void eventually(BooleanSupplier condition) {
    await().atMost(PATIENCE).until(condition::getAsBoolean);
  }

  private void hang() {
    sick.plan(Mishap.hang("any", Duration.ofMinutes(10)).times(0));
    eventually(() -> figure("calls") == CALLS);
  }

  /** A figure of the sick account. */
  private int figure(String name) {
    String id = account.substring(account.lastIndexOf('/') + 1);
    String line = "meltemi_account_" + name + "{account=\"" + id + "\"} ";
    return operator
        .get("metrics")
        .body()
        .lines()
        .filter(each -> each.startsWith(line))
        .mapToInt(each -> (int) Double.parseDouble(each.substring(line.length())))
        .findFirst()
        .orElse(0);
  }

  private String order(String where, String image, String name) {
    return operator.made("cimi/2/machines", orderText(where, image, name));
  }

  private String orderText(String where, String image, String name) {
    return """
    {'name': '%s', 'placement': {'terms': {'accounts': '%s'}}, 'machineTemplate': {
      'initialState': 'STARTED', 'machineConfig': {'cpu': 1, 'memory': 1048576,
      'disks': [{'capacity': 1000}]}, 'machineImage': {'href': '%s'}}}
    """
        .formatted(name, where, image(image));
  }

  private String image(String name) {
    for (JsonNode image : operator.json("cimi/2/machineImages").path("machineImages")) {
      if (image.path("name").asText().equals(name)) return image.path("id").asText();
    }
    throw new AssertionError("no image " + name);
  }

  private List<String> orders() {
    List<String> machines = new ArrayList<>();
    for (int i = 0; i < ORDERS; i++) machines.add(order("sick", "sick-debian", "m" + i));
    return machines;
  }

  private String state(String machine) {
    return operator.json(machine).path("state").asText();
  }

  private HttpResponse<String> act(String resource, String action) {
    for (JsonNode operation : operator.json(resource).path("operations")) {
      String rel = operation.path("rel").asText();
      if (rel.endsWith("/" + action)) {
        return operator.send(
            "POST", operation.path("href").asText(), "{\"action\": \"" + rel + "\"}");
      }
    }
    throw new AssertionError("no operation " + action + " of " + resource);
  }

  /**
   * A call may take longer than the whole test: what waited for one, on whatever thread, would get
   * no answer. And the gate lets no thread in that is on no errand: a request there gets a 500.
   */
  @Test
  @Timeout(180)
  void noRequestWaitsForTheAccountAndItsQueueHasAnEnd() {
    register(LONGER_THAN_ANY_TEST);
    String machine = order("sick", "sick-debian", "before");
    eventually(() -> state(machine).equals("STARTED"));
    hang();
    List<String> ordered = orders();
    eventually(() -> figure("waiting") == WAITING && figure("refused") > 0);
    for (String place : places(machine)) {
      assertThat(operator.get(place).statusCode()).as(place).isEqualTo(200);
    }
    assertThat(act(machine, "stop").statusCode()).isEqualTo(202);
    assertThat(ordered).allSatisfy(each -> assertThat(state(each)).isEqualTo("CREATING"));
    assertThat(figure("calls")).isEqualTo(CALLS);
    assertThat(figure("waiting")).isEqualTo(WAITING);
    eventually(() -> operator.get("cimi/2/jobs").body().contains("not sent: "));
  }

  /** All that is read of the account. */
  private List<String> places(String machine) {
    return List.of(
        "cimi/2/machines",
        machine,
        "cimi/2/jobs",
        "cimi/2/machineImages",
        "broker/1/accounts",
        account,
        "broker/1/offers",
        "broker/1/locations",
        "broker/1/events",
        "cimi/2/resourceMetadata/Machine");
  }

  @Test
  void ordersWatchAndDiscoveryOfAnotherAccountGoOn() {
    register(Duration.ofSeconds(1));
    hang();
    List<String> waiting = orders();
    eventually(() -> figure("refused") > 0);
    String machine = order("town", "debian", "well");
    eventually(() -> state(machine).equals("STARTED"));
    String atProvider = broker.cloud().everything().getFirst().id();
    broker.cloud().turn(atProvider, MachineState.STOPPED, "somebody did");
    eventually(() -> state(machine).equals("STOPPED"));
    HttpResponse<String> asked = act("broker/1/accounts/town", "discover");
    String job = asked.headers().firstValue("CIMI-Job-URI").orElseThrow();
    eventually(() -> state(job).equals("SUCCESS"));
    assertThat(operator.send("DELETE", machine, "").statusCode()).isEqualTo(202);
    eventually(() -> operator.get(machine).statusCode() == 404);
    assertThat(waiting).allSatisfy(each -> assertThat(state(each)).isEqualTo("CREATING"));
  }

  @Test
  void theAccountComesBackByItselfAndNothingIsLostOrTwice() {
    register(Duration.ofSeconds(1));
    hang();
    List<String> machines = orders();
    eventually(() -> figure("spared") == 1);
    assertThat(operator.json(account).path("error").asText()).isNotEmpty();
    sick.calm();
    for (String machine : machines) eventually(() -> state(machine).equals("STARTED"));
    assertThat(sick.everything())
        .extracting(each -> each.request().name())
        .containsExactlyInAnyOrderElementsOf(
            machines.stream().map(each -> operator.json(each).path("name").asText()).toList());
    eventually(() -> figure("spared") == 0 && figure("waiting") == 0);
    eventually(() -> !operator.json(account).has("error"));
  }
}
