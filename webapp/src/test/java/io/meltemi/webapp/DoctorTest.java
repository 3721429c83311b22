package io.meltemi.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedCloud;
import io.meltemi.connector.scripted.ScriptedConnectorFactory;
import io.meltemi.connector.scripted.ScriptedMachine;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Terms;
import io.meltemi.webapp.settings.Settings;
import io.meltemi.webapp.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code meltemi doctor} against a broker that runs. */
class DoctorTest {
  private static final String NAME = "town";
  private static final String SCRIPT =
      """
      name: town
      silent: true
      places:
        - location: { id: stage-1, country: GR }
          cpuArchitecture: x86_64
          abilities: [START, STOP]
      sizes:
        - id: s1
          name: one CPU
          shape: { machines: 1, cpu: 1, memoryKibibytes: 4194304, diskKilobytes: 10000000 }
          price: { perHour: 0.01, currency: EUR }
      images:
        - { id: debian, name: debian, cpuArchitecture: x86_64 }
      strangers: [ { name: old-db, place: stage-1, size: s1, image: debian } ]
      """;

  @TempDir private Path folder;
  private final ObjectMapper mapper = new ObjectMapper();
  private final ScriptedCloud cloud =
      new ScriptedCloud(CloudScript.parse(SCRIPT), Clock.systemUTC());
  private TestBroker broker;
  private String out = "";
  private String err = "";

  /** The watch looks once, when nothing is there, and leaves the rest to the doctor. */
  @BeforeEach
  void open() throws IOException {
    Store store = Stores.memory(BrokerKinds.all(), Clock.systemUTC());
    ObjectNode account = JsonNodeFactory.instance.objectNode().put("connector", "scripted");
    account.putObject("settings").put("address", "memory:" + NAME);
    account.putObject("limits").put("watchMilliseconds", 3_600_000);
    Row row =
        new Row(
            "accounts/" + NAME,
            Row.HOUSE,
            "Account",
            Optional.empty(),
            NAME,
            "ENABLED",
            Clock.systemUTC().instant(),
            Clock.systemUTC().instant(),
            0,
            account);
    Row ignored = store.write(Store.EVERYBODY, transaction -> transaction.insert(row));
    broker = TestBroker.on(store, folder, cloud);
    eventually(() -> cloud.calls().stream().anyMatch(call -> call.call().equals("machines")));
    eventually(() -> get("cimi/2/machineImages").path("count").asInt() == 1);
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private static void eventually(Callable<Boolean> condition) {
    await().atMost(Duration.ofMinutes(1)).until(condition);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return ask("GET", path, "", "admin", TestBroker.PASSWORD);
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    return ask("POST", path, body.replace('\'', '"'), "admin", TestBroker.PASSWORD);
  }

  private JsonNode ask(String verb, String path, String body, String user, String password)
      throws IOException, InterruptedException {
    String login = user + ":" + password;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(broker.url() + path))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .method(verb, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return mapper.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  private Path profile(String url, String token) throws IOException {
    return Files.writeString(
        folder.resolve("profile.json"),
        "{\"url\": \"%s\", \"token\": \"%s\"}".formatted(url, token));
  }

  private Path operator() throws IOException, InterruptedException {
    String token =
        post("broker/1/apiTokens", "{'name': 'doctor', 'role': 'ADMIN', 'operator': true}")
            .path("token")
            .asText();
    return profile(broker.url(), token);
  }

  private int doctor(Path profile, String... more) {
    StringWriter told = new StringWriter();
    StringWriter complained = new StringWriter();
    CommandLine line =
        Meltemi.commandLine().setOut(new PrintWriter(told)).setErr(new PrintWriter(complained));
    String[] words = new String[more.length + 3];
    words[0] = "doctor";
    words[1] = "--profile";
    words[2] = profile.toString();
    System.arraycopy(more, 0, words, 3, more.length);
    int code = line.execute(words);
    out = told.toString();
    err = complained.toString();
    return code;
  }

  /** A machine with the broker's mark, made behind its back. */
  private Handle made(String token) {
    MachineOrder order =
        new MachineOrder(
            "stray",
            1,
            1024,
            List.of(),
            Optional.empty(),
            OptionalInt.empty(),
            "machineImages/x",
            "debian",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            MachineState.STARTED,
            Terms.NONE);
    return new ScriptedConnectorFactory(List.of(cloud))
        .open(
            Map.of("address", "memory:" + NAME),
            new ConnectorFactory.Context(
                NAME, Clock.systemUTC(), Gateway.allowing(List.of()), Optional.empty()))
        .machines()
        .create(order, new Spot("stage-1", Optional.of("s1"), "debian"), new Token(token));
  }

  private String started(String name) throws IOException, InterruptedException {
    String image = get("cimi/2/machineImages").path("machineImages").path(0).path("id").asText();
    String machine =
        post(
                "cimi/2/machines",
                ("{'name': '%s', 'machineTemplate': {'initialState': 'STARTED', 'machineConfig':"
                        + " {'cpu': 1, 'memory': 4194304}, 'machineImage': {'href': '%s'}}}")
                    .formatted(name, image))
            .path("id")
            .asText();
    String path = machine.substring(broker.url().length());
    eventually(() -> get(path).path("state").asText().equals("STARTED"));
    return path.substring(path.indexOf("machines/"));
  }

  private List<String> names() {
    return cloud.everything().stream()
        .filter(machine -> machine.state() != MachineState.DELETING)
        .map(machine -> machine.request().name())
        .toList();
  }

  @Test
  void whereAllIsWellItSaysSo() throws Exception {
    started("web");
    assertThat(doctor(operator())).isZero();
    assertThat(out).isEqualToIgnoringNewLines("Nothing was found.");
  }

  @Test
  void anOrphanIsListedAndNothingIsTouched() throws Exception {
    started("web");
    Handle orphan = made("forgotten");
    assertThat(doctor(operator())).isEqualTo(3);
    assertThat(out.lines().toList()).hasSize(2);
    assertThat(out.lines().toList().getFirst())
        .matches("FINDING +ACCOUNT +KIND +NAME +HANDLE +OUTCOME +WHAT");
    assertThat(out.lines().toList().getLast())
        .matches(
            "ORPHAN +town +Machine +stray +"
                + orphan.value()
                + " +left +bears the mark of this broker, and no row and no open job knows it");
    assertThat(names()).containsExactlyInAnyOrder("old-db", "web", "stray");
  }

  @Test
  void anOrphanIsRemovedWhenAskedForAndNothingElse() throws Exception {
    started("web");
    Handle orphan = made("forgotten");
    assertThat(doctor(operator(), "--remove")).isEqualTo(4);
    assertThat(out).contains(orphan.value(), " removed ");
    assertThat(names()).containsExactlyInAnyOrder("old-db", "web");
    assertThat(told("orphan.removing")).containsExactly(orphan.value());
    assertThat(told("orphan.removed")).containsExactly(orphan.value());
    assertThat(doctor(operator())).isZero();
  }

  /** Handles of the objects that events of this type tell of. */
  private List<String> told(String type) {
    return broker.store().events(Store.EVERYBODY, 0, 10_000).stream()
        .filter(event -> event.type().equals(type))
        .map(event -> event.content().path("handle").asText())
        .toList();
  }

  @Test
  void aRemovalThatTakesItsTimeIsWaitedFor() throws Exception {
    cloud.script(SCRIPT + "delays: { delete: PT5S }\n");
    Handle orphan = made("forgotten");
    assertThat(doctor(operator(), "--remove")).isEqualTo(4);
    assertThat(cloud.everything()).extracting(ScriptedMachine::id).doesNotContain(orphan.value());
    assertThat(told("orphan.removed")).containsExactly(orphan.value());
  }

  @Test
  void aRemovalThatWasAcceptedAndFailedLaterIsLeft() throws Exception {
    cloud.script(SCRIPT + "delays: { delete: PT1S }\n");
    Handle orphan = made("forgotten");
    Mishap.Effect failing = new Mishap.EndBadly("its host is away");
    cloud.plan(new Mishap("delete", 0, OptionalInt.of(0), failing));
    assertThat(doctor(operator(), "--remove", "--patience", "20")).isEqualTo(3);
    assertThat(out).contains("left: removal was accepted and has not ended");
    assertThat(cloud.calls()).filteredOn(call -> call.call().equals("delete")).hasSize(1);
    assertThat(names()).contains("stray");
    assertThat(told("orphan.removing")).containsExactly(orphan.value());
    assertThat(told("orphan.removed")).isEmpty();
  }

  @Test
  void whatIsOnItsWayWhenPatienceEndsIsLeft() throws Exception {
    cloud.script(SCRIPT + "delays: { delete: PT1H }\n");
    made("forgotten");
    assertThat(doctor(operator(), "--remove", "--patience", "15")).isEqualTo(3);
    assertThat(out).contains("left: removal was accepted and has not ended", "is removing it");
    assertThat(doctor(operator(), "--format", "json")).isEqualTo(3);
    JsonNode finding = mapper.readTree(out).path("findings").path(0);
    assertThat(finding.path("state").asText()).isEqualTo("DELETING");
    assertThat(finding.path("outcome").asText()).isEqualTo("left");
  }

  @Test
  void whatItsProviderDoesNotRemoveIsLeftWithTheReason() throws Exception {
    made("forgotten");
    cloud.plan(Mishap.refuse("delete", Fault.BAD_REQUEST, "it is locked").times(0));
    assertThat(doctor(operator(), "--remove")).isEqualTo(3);
    assertThat(out).contains("left: The provider does not remove the object", "it is locked");
    assertThat(names()).contains("stray");
  }

  @Test
  void whatWasSeenOnceOnlyIsNotRemovedByAnyRequest() throws Exception {
    made("forgotten");
    JsonNode finding = get("broker/1/findings").path("findings").path(0);
    assertThat(finding.has("operations")).isFalse();
    String path = finding.path("id").asText().substring(broker.url().length());
    JsonNode refused = ask("DELETE", path, "", "admin", TestBroker.PASSWORD);
    assertThat(refused.path("code").asText()).isEqualTo("finding.kept");
    assertThat(names()).contains("stray");
  }

  @Test
  void twinsAndDriftAreToldToProgramsAndStay() throws Exception {
    String web = started("web");
    String token =
        broker
            .store()
            .read(Store.EVERYBODY, web)
            .orElseThrow()
            .inner()
            .path("placed")
            .path("token")
            .asText();
    ScriptedMachine own =
        cloud.everything().stream()
            .filter(machine -> machine.request().name().equals("web"))
            .findFirst()
            .orElseThrow();
    Handle twin = made(token);
    cloud.turn(own.id(), MachineState.STOPPED, "power cut");
    assertThat(doctor(operator(), "--remove", "--format", "json")).isEqualTo(3);
    JsonNode findings = mapper.readTree(out).path("findings");
    assertThat(findings.findValuesAsText("finding")).containsExactlyInAnyOrder("TWIN", "DRIFT");
    assertThat(findings.findValuesAsText("outcome")).containsOnly("left");
    assertThat(findings.findValuesAsText("handle"))
        .containsExactlyInAnyOrder(twin.value(), own.id());
    assertThat(findings.path(0).path("resource").asText()).endsWith(web);
    assertThat(names()).containsExactlyInAnyOrder("old-db", "web", "stray");
  }

  @Test
  void anAccountThatCannotBeAskedIsNoGoodHealth() throws Exception {
    Path operator = operator();
    cloud.password("changed");
    assertThat(doctor(operator)).isEqualTo(1);
    assertThat(out).contains("UNSEEN", "could not be looked at", "password");
  }

  @Test
  void whoDoesNotRunTheHouseIsToldSo() throws Exception {
    String token =
        post("broker/1/apiTokens", "{'name': 'narrow', 'role': 'ADMIN'}").path("token").asText();
    assertThat(doctor(profile(broker.url(), token))).isEqualTo(1);
    assertThat(err).contains("those who run the house");
    assertThat(doctor(profile(broker.url(), "mlt_nobody"))).isEqualTo(1);
    assertThat(err).contains("does not accept the token");
  }

  @Test
  void withoutABrokerOrAProfileItSaysWhatToDo() throws Exception {
    assertThat(doctor(folder.resolve("nothing.json"))).isEqualTo(1);
    assertThat(err).contains("--profile");
    assertThat(doctor(Files.writeString(folder.resolve("empty.json"), "{}"))).isEqualTo(1);
    assertThat(err).contains("lacks url or token");
    Path operator = operator();
    String url = broker.url();
    broker.close();
    assertThat(doctor(operator)).isEqualTo(1);
    assertThat(err).contains("No broker answers at " + url);
  }

  @Test
  void aSelfMadeCertificateIsKnownByItsFingerprintOnly() throws Exception {
    Settings settings =
        SettingsReader.read(
            Optional.empty(),
            Map.of(),
            Map.of(
                "data",
                folder.resolve("data").toString(),
                "http.listen",
                "0.0.0.0",
                "http.port",
                "0",
                "node.embedded",
                "false"));
    Surroundings around =
        new Surroundings(
            folder,
            folder.resolve("home"),
            Map.of(),
            Clock.systemUTC(),
            () -> UUID.randomUUID().toString().replace("-", ""));
    PrintWriter nobody = new PrintWriter(new StringWriter());
    Serving serving = Serving.start(settings, false, around, nobody);
    try {
      Path profile = folder.resolve("home/.config/meltemi/profile.json");
      assertThat(doctor(profile)).as(err).isZero();
      String other =
          Files.readString(profile)
              .replaceFirst("(\"fingerprint\" : \")[^\"]*", "$1" + "00:".repeat(31) + "00");
      assertThat(doctor(Files.writeString(folder.resolve("other.json"), other))).isEqualTo(1);
      assertThat(err).contains("another certificate");
    } finally {
      serving.stop(nobody);
    }
  }
}
