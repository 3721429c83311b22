package io.meltemi.webapp.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.webapp.deployed.Deployed;
import io.meltemi.webapp.deployed.Operator;
import io.meltemi.webapp.openstack.RealCloud.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A real OpenStack and a broker that reaches it through a proxy, which sees every call and can lose
 * answers; what truly is at nova is told by OpenStack's own command line. dev/ci/openstack runs
 * those who extend this.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SuppressWarnings("NullAway.Init")
abstract class AtOpenStack {
  static final Duration PATIENCE = Duration.ofMinutes(6);
  static final Duration CALL = Duration.ofSeconds(20);

  /** What the page says of twins. */
  static final String UNSET = "openstack server unset";

  static final Map<String, Object> LIMITS =
      Map.of(
          "discoverSeconds", 5,
          "watchMilliseconds", 2000,
          "callSeconds", CALL.toSeconds(),
          "lookSeconds", 900);

  final RealCloud cloud = new RealCloud();
  FaultProxy proxy;
  Deployed broker;
  Operator operator;

  @BeforeAll
  void start() {
    proxy = new FaultProxy(cloud.addresses());
    broker = Deployed.start("openstack", proxy.ports());
    operator = new Operator(broker.url());
  }

  @AfterEach
  void well() {
    cloud.faults("clear");
  }

  @AfterAll
  void stop() {
    Set<String> ours =
        items("/broker/1/accounts")
            .map(account -> lastPart(account.path("id").asText()))
            .collect(Collectors.toSet());
    broker.close();
    proxy.close();
    cloud.marked().stream()
        .filter(server -> ours.contains(server.account()))
        .forEach(server -> cloud.openstack("server", "delete", server.id()));
  }

  static String lastPart(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  Operator.Reply register(String project, String password) {
    return operator.post(
        "/broker/1/accounts",
        Map.of(
            "name",
            project,
            "connector",
            "openstack",
            "settings",
            Map.of(
                "endpoint", proxy.address(cloud.keystone()),
                "user", project,
                "password", password,
                "project", project,
                "country", "FR"),
            "limits",
            LIMITS));
  }

  String first(String collection) {
    return items(collection).findFirst().orElseThrow().path("id").asText();
  }

  Stream<JsonNode> items(String collection) {
    return operator.get(collection).expect(200).body().properties().stream()
        .filter(member -> member.getValue().isArray() && !member.getKey().equals("operations"))
        .flatMap(member -> member.getValue().valueStream());
  }

  /** The one server that bears a token of ours and this name. */
  Server theOnly(String name, String status) {
    List<Server> marked = marked(name);
    assertThat(marked).hasSize(1);
    assertThat(marked.getFirst().status()).isEqualTo(status);
    return marked.getFirst();
  }

  List<Server> marked(String name) {
    return cloud.marked().stream().filter(server -> server.name().equals(name)).toList();
  }

  List<String> events(String machine) {
    String id = lastPart(machine);
    return items("/broker/1/events")
        .filter(event -> event.path("resource").toString().contains(id))
        .map(JsonNode::toString)
        .toList();
  }

  static boolean creates(FaultProxy.Call call) {
    return call.method().equals("POST") && call.path().endsWith("/servers");
  }

  long creations() {
    return proxy.seen().stream().filter(AtOpenStack::creates).count();
  }

  Operator.Reply order(String name, String locations) {
    return orderOf(name, smallest(), Map.of("accounts", "demo", "locations", locations));
  }

  Map<String, Object> smallest() {
    return Map.of("href", first("/cimi/2/machineConfigs"));
  }

  Operator.Reply orderOf(String name, Map<String, Object> config, Map<String, String> terms) {
    return operator.post(
        "/cimi/2/machines",
        Map.of(
            "name",
            name,
            "machineTemplate",
            Map.of(
                "machineConfig",
                config,
                "machineImage",
                Map.of("href", first("/cimi/2/machineImages")),
                "initialState",
                "STARTED"),
            "placement",
            Map.of("terms", terms)));
  }

  Operator.Reply act(String machine, String name) {
    return operator
        .post(
            machine + "/" + name,
            Map.of(
                "resourceURI",
                "http://schemas.dmtf.org/cimi/2/Action",
                "action",
                "http://schemas.dmtf.org/cimi/2/action/" + name))
        .expect(202);
  }

  /** The job that tells how something accepted ends. */
  static String job(Operator.Reply accepted) {
    return accepted.response().headers().firstValue("CIMI-Job-URI").orElseThrow();
  }

  JsonNode reaches(String machine, String state) {
    return eventually(
        () -> operator.get(machine).body(), body -> body.path("state").asText().equals(state));
  }

  void remove(String machine) {
    assertThat(operator.delete(machine).status()).isBetween(200, 207);
    eventually(() -> operator.get(machine).status(), status -> status == 404);
  }

  /** Those of the connector's page, each as it stands there. */
  static List<String> commandsOfThePage() throws IOException {
    return Stream.of(Files.readString(Path.of("../docs/connectors/openstack.md")).split("\n\n"))
        .filter(paragraph -> paragraph.startsWith("    "))
        .toList();
  }

  static String commandOfThePage(String words) throws IOException {
    return commandsOfThePage().stream().filter(it -> it.contains(words)).findFirst().orElseThrow();
  }

  static <T> T eventually(Callable<T> look, Predicate<T> wanted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(look, wanted);
  }
}
