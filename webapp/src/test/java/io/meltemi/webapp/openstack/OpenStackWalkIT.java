package io.meltemi.webapp.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import io.meltemi.webapp.deployed.Operator;
import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Card;
import io.meltemi.webapp.interop.Consumer;
import io.meltemi.webapp.interop.Dialect;
import io.meltemi.webapp.openstack.RealCloud.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator and a consumer meet on a real OpenStack, through the API alone. */
@EnabledIfSystemProperty(named = "meltemi.openstack", matches = "true")
class OpenStackWalkIT extends AtOpenStack {
  private static final Map<String, String> AT_AZ1 = Map.of("accounts", "demo", "locations", "az1");

  private static final Map<String, String> AT_DEMO2 = Map.of("accounts", "demo2");

  private static final String ROUTER = "openstack router";

  /** Commands of the page that others run: {@link OpenStackOthersIT} the last one. */
  private static final List<String> ELSEWHERE = List.of(ROUTER, UNSET);

  @TempDir private Path folder;

  @Test
  @Order(1)
  void aWrongPasswordIsToldAndNothingIsStored() {
    Operator.Reply refused = register("demo", "wrong").expect(400);
    assertThat(refused.body().toString())
        .contains("account.refused", "The request you have made requires authentication")
        .doesNotContain("\"wrong\"");
    assertThat(operator.get("/broker/1/accounts").body().path("count").asInt()).isZero();
  }

  @Test
  @Order(2)
  void anAccountShowsWhatItsProviderHas() {
    String account = register("demo", cloud.password()).expect(201).location();
    JsonNode found = operator.get(account).expect(200).body();
    assertThat(found.path("inventory").path("images").asInt()).isPositive();
    assertThat(found.path("inventory").path("places").asInt()).isEqualTo(2);
    assertThat(found.path("inventory").path("sizes").asInt()).isEqualTo(4);
    assertThat(found.path("settings").has("password")).isFalse();
    JsonNode offers = operator.get("/broker/1/offers").expect(200).body();
    assertThat(offers.path("offers").findValuesAsText("size")).contains("1", "2", "3", "4");
    assertThat(names("/cimi/2/machineImages")).contains("tiny-linux");
  }

  private List<String> names(String collection) {
    return items(collection).map(item -> item.path("name").asText()).toList();
  }

  @ParameterizedTest(name = "CIMI {0}, XML {1}")
  @CsvSource({"1,true", "2,false"})
  @Order(3)
  void aMachineLivesAndEndsAtNovaToo(int version, boolean xml) {
    Consumer consumer = consumer(version, xml);
    String machine = ordered(consumer, "Machine", "walker", template(consumer));
    Answer started = reaches(consumer, machine, "STARTED");
    Server server = theOnly("walker", "ACTIVE");

    consumer.act(started, "stop", Body.of("Action"));
    Answer stopped = reaches(consumer, machine, "STOPPED");
    assertThat(theOnly("walker", "SHUTOFF").id()).isEqualTo(server.id());

    consumer.act(stopped, "start", Body.of("Action"));
    Answer again = reaches(consumer, machine, "STARTED");
    assertThat(theOnly("walker", "ACTIVE").id()).isEqualTo(server.id());

    assertThat(consumer.delete(again.needOperation("delete")).status()).isBetween(200, 207);
    eventually(() -> consumer.get(machine).status(), status -> status == 404);
    assertThat(marked("walker")).isEmpty();
  }

  private Consumer consumer(int version, boolean xml) {
    return new Consumer(broker.url(), Operator.authorization(), new Dialect(version, xml));
  }

  private static Body template(Consumer consumer) {
    return Body.of("MachineTemplate")
        .ref("machineConfig", first(consumer, "machineConfigs"))
        .ref("machineImage", first(consumer, "machineImages"))
        .with("initialState", "STARTED");
  }

  private static String first(Consumer consumer, String collection) {
    return all(consumer, collection).items().getFirst().need("id");
  }

  private static Answer all(Consumer consumer, String collection) {
    return consumer.get(consumer.entryPoint().needHref(collection));
  }

  /** Orders one of a kind at demo, by its template; its address. */
  private static String ordered(Consumer consumer, String kind, String name, Body template) {
    String lower = kind.toLowerCase(Locale.ROOT);
    Answer accepted =
        consumer.post(
            all(consumer, lower + "s").needOperation("add"),
            Body.of(kind + "Create")
                .with("name", name)
                .part(lower + "Template", template)
                .part("placement", Body.of("x").entry("terms", "term", "accounts", "demo")));
    assertThat(accepted.status()).as(accepted.raw()).isEqualTo(202);
    return accepted.header("Location").orElseThrow();
  }

  private static Answer reaches(Consumer consumer, String machine, String state) {
    return eventually(
        () -> consumer.get(machine), answer -> answer.text("state").orElse("").equals(state));
  }

  @Test
  @Order(4)
  void whatSomebodyChangesAtNovaIsShownAndToldWithEvents() {
    String machine = order("followed", "az1").expect(202).location();
    reaches(machine, "STARTED");
    String server = theOnly("followed", "ACTIVE").id();
    cloud.openstack("server", "set", "--name", "relic", "--property", "room=4711 <&>", server);
    cloud.openstack("server", "stop", server);
    JsonNode stopped = reaches(machine, "STOPPED");
    assertThat(events(machine))
        .anyMatch(event -> event.contains("STOPPED"))
        .anyMatch(event ->
            event.contains("drift")
                && event.contains("its name at the provider was followed and is relic"));
    assertThat(stopped.path("name").asText()).isEqualTo("followed");
    assertThat(mapped(stopped, "name")).isEqualTo("APPROXIMATED relic");
    assertThat(stopped.path("providerAttributes").toString()).isEqualTo("{\"room\":\"4711 <&>\"}");
    act(machine, "start");
    JsonNode started = reaches(machine, "STARTED");
    assertThat(started.path("providerAttributes")).isEqualTo(stopped.path("providerAttributes"));
    remove(machine);
  }

  /** How an attribute is carried. */
  private static String mapped(JsonNode machine, String attribute) {
    JsonNode each =
        machine
            .path("mapping")
            .valueStream()
            .filter(one -> one.path("attribute").asText().equals(attribute))
            .findFirst()
            .orElseThrow();
    return each.path("fidelity").asText() + " " + each.path("given").asText();
  }

  @Test
  @Order(5)
  void aBuildThatFailsGoesOnAtTheNextOfferAndItsRemainsGo() {
    cloud.faults("build-error", "1", "the host caught fire");
    long before = creations();
    String machine = order("phoenix", "az1 az2").expect(202).location();
    eventually(this::creations, seen -> seen - before >= 2);
    reaches(machine, "STARTED");
    eventually(() -> marked("phoenix").size(), servers -> servers == 1);
    theOnly("phoenix", "ACTIVE");
    remove(machine);
  }

  @Test
  @Order(6)
  void aMachineThatFailsEverywhereTellsNovasWordsAndLeavesNothing() {
    cloud.faults("build-error", "99", "the host caught fire");
    Map<String, Object> large = Map.of("cpu", 4, "memory", 4 * 1024 * 1024);
    Operator.Reply accepted = orderOf("doomed", large, AT_AZ1).expect(202);
    String job = job(accepted);
    JsonNode failed = reaches(job, "FAILED");
    assertThat(failed.path("statusMessage").asText()).contains("the host caught fire");
    assertThat(operator.get(accepted.location()).body().path("state").asText()).isEqualTo("ERROR");
    eventually(() -> marked("doomed"), List::isEmpty);
    remove(accepted.location());
  }

  @Test
  @Order(7)
  void anOrderWhoseAnswerGotLostIsFoundAndNotRepeated() {
    proxy.next(AtOpenStack::creates, new Mishap.LostAfter(Duration.ZERO));
    long before = creations();
    String machine = order("lost", "az1").expect(202).location();
    reaches(machine, "STARTED");
    theOnly("lost", "ACTIVE");
    assertThat(creations() - before).isEqualTo(1);
    remove(machine);
  }

  @Test
  @Order(8)
  void anOrderThatNovaCarriesOutLaterIsFoundThen() {
    long before = creations();
    // Not stopped: with its queues it would forget what nova asks for before all listen again.
    cloud.faults("freeze", "rabbitmq");
    String machine = order("late", "az1").expect(202).location();
    eventually(this::creations, seen -> seen > before);
    // Nova answers when its message broker does again; until then the broker's patience ends.
    Awaitility.await().pollDelay(CALL.plusSeconds(5)).atMost(PATIENCE).until(() -> true);
    cloud.faults("thaw", "rabbitmq");
    reaches(machine, "STARTED");
    theOnly("late", "ACTIVE");
    assertThat(creations() - before).isEqualTo(1);
    remove(machine);
  }

  @Test
  @Order(9)
  void anExhaustedQuotaIsRefusedByMatchMakingWithoutACall() {
    register("demo2", cloud.password()).expect(201);
    String tenant = orderOf("tenant", smallest(), AT_DEMO2).expect(202).location();
    reaches(tenant, "STARTED");
    cloud.faults("quota-full", "demo2", "nova");
    eventually(
        () -> operator.get("/broker/1/offers").body(),
        body -> body.toString().contains("\"quotaLeft\":{\"machines\":0"));
    long before = creations();
    Operator.Reply refused = orderOf("surplus", smallest(), AT_DEMO2).expect(409);
    assertThat(refused.body().toString())
        .contains("0 machines left in the account's quota", ", used by tenant\"");
    assertThat(creations()).isEqualTo(before);
    assertThat(marked("surplus")).isEmpty();
    remove(tenant);
  }

  @Test
  @Order(10)
  void aDeleteThatNovaRefusesAtFirstIsDoneWhenItCan() {
    String machine = order("stubborn", "az1").expect(202).location();
    reaches(machine, "STARTED");
    proxy.next(OpenStackWalkIT::deletes, new Mishap.Refused(503, Map.of("Retry-After", "1"), "{}"));
    proxy.next(OpenStackWalkIT::deletes, new Mishap.LostBefore());
    long before = proxy.seen().stream().filter(OpenStackWalkIT::deletes).count();
    remove(machine);
    assertThat(marked("stubborn")).isEmpty();
    assertThat(proxy.seen().stream().filter(OpenStackWalkIT::deletes).count() - before)
        .isGreaterThanOrEqualTo(3);
  }

  private static boolean deletes(FaultProxy.Call call) {
    return call.method().equals("DELETE") && call.path().contains("/servers/");
  }

  @Test
  @Order(11)
  void everyCommandOfThePageRuns() throws IOException {
    List<String> commands = commandsOfThePage();
    assertThat(commands).hasSize(7);
    List<String> before = accounts().toList();
    for (String command : commands) {
      if (ELSEWHERE.stream().anyMatch(command::contains)) continue;
      String output = cloud.shell(here(command));
      assertThat(command.contains("curl") && !output.contains(" 201 ")).as(output).isFalse();
    }
    cloud.openstack("application", "credential", "delete", "meltemi");
    // They are of the same project: each network would be shown once more.
    List<String> registered = accounts().filter(each -> !before.contains(each)).toList();
    assertThat(registered).hasSize(2);
    registered.forEach(account -> operator.delete(account).expect(200));
  }

  private Stream<String> accounts() {
    return items("/broker/1/accounts").map(each -> each.path("id").asText());
  }

  @ParameterizedTest(name = "CIMI {0}, XML {1}")
  @CsvSource({"1,true", "2,false"})
  @Order(12)
  void aNetworkIsMadeJoinedAndEndsAtNeutronToo(int version, boolean xml) {
    Consumer consumer = consumer(version, xml);
    Body wanted = Body.of("NetworkTemplate").with("subnet", "10.203.0.0/24");
    String network = ordered(consumer, "Network", "walkway", wanted);
    reaches(consumer, network, "STARTED");
    assertThat(cloud.networks("walkway")).hasSize(1);
    String id = cloud.networks("walkway").getFirst();
    assertThat(cloud.ranges(id)).containsExactly("10.203.0.0/24 None");
    String cards = version == 1 ? "networkInterface" : "interfaceTemplate";
    Body inIt = Body.of("x").ref("network", network);
    String machine =
        ordered(consumer, "Machine", "wayfarer", template(consumer).list(cards + "s", cards, inIt));
    reaches(consumer, machine, "STARTED");
    assertThat(cloud.cards(theOnly("wayfarer", "ACTIVE"), id))
        .containsExactly(Card.between(consumer, consumer.get(machine), consumer.get(network)));
    Answer refused = consumer.delete(network);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.raw()).contains("network.in-use", lastPart(machine));
    String other = order("bystander", "az1").expect(202).location();
    reaches(other, "STARTED");
    assertThat(cloud.cards(theOnly("bystander", "ACTIVE"), id)).isEmpty();
    remove(other);
    remove(machine);
    remove(network);
    assertThat(cloud.networks("walkway")).isEmpty();
  }

  @Test
  @Order(13)
  void aFloatingAddressIsLentOnceShownAndEndsAtNeutronToo() {
    proxy.next(OpenStackWalkIT::lends, new Mishap.LostAfter(Duration.ZERO));
    String machine = with("reached", "floatingAddress", true).expect(202).location();
    reaches(machine, "STARTED");
    List<String> lent = cloud.floatingAddresses();
    assertThat(lent).hasSize(1);
    assertThat(proxy.seen().stream().filter(OpenStackWalkIT::lends)).hasSize(1);
    assertThat(items("/cimi/1/addresses").map(JsonNode::toString))
        .anyMatch(each -> each.contains(lent.getFirst()) && each.contains(lastPart(machine)));
    assertThat(items("/cimi/2/endpoints").map(each -> each.path("address").asText()))
        .contains(lent.getFirst());
    remove(machine);
    assertThat(cloud.floatingAddresses()).isEmpty();
  }

  @Test
  @Order(14)
  void anAddressThatNoRouterLeadsToIsLentWhenThePagesRouterStands() throws IOException {
    cloud.openstack("network", "create", "mine-net");
    cloud.openstack(
        "subnet", "create", "--network", "mine-net", "--subnet-range", "10.204.0.0/24", "mine");
    try {
      List<Map<String, Object>> cards =
          List.of(Map.of("network", Map.of("href", seen("mine-net", "10.204.0.0/24"))));
      Map<String, Object> wanted = Map.of("interfaceTemplates", cards, "floatingAddress", true);
      Operator.Reply refused = with("unreached", wanted).expect(202);
      String job = job(refused);
      assertThat(reaches(job, "FAILED").path("statusMessage").asText())
          .contains("is not reachable from subnet");
      remove(refused.location());
      cloud.shell(commandOfThePage(ROUTER));
      String machine = with("reached", wanted).expect(202).location();
      reaches(machine, "STARTED");
      assertThat(cloud.floatingAddresses()).hasSize(1);
      remove(machine);
    } finally {
      cloud.shell(
          "set +e; openstack router remove subnet out mine; openstack router delete out;"
              + " openstack network delete mine-net");
    }
  }

  @Test
  @Order(15)
  void aResumeThatFailsIsToldInNovasWordsAndTheNextOneWorks() {
    String machine = order("sleeper", "az1").expect(202).location();
    reaches(machine, "STARTED");
    act(machine, "suspend");
    reaches(machine, "SUSPENDED");
    cloud.faults("resume-error", "1", "its memory cannot be read");
    String job = job(act(machine, "start"));
    assertThat(reaches(job, "FAILED").path("statusMessage").asText())
        .contains("its memory cannot be read");
    JsonNode broken = operator.get(machine).expect(200).body();
    assertThat(broken.path("state").asText()).isEqualTo("ERROR");
    assertThat(broken.path("operations").toString()).contains("delete").doesNotContain("/start");
    assertThat(events(machine))
        .anyMatch(event -> event.contains("ERROR") && event.contains("its memory cannot be read"));
    cloud.openstack("server", "reboot", "--hard", theOnly("sleeper", "ERROR").id());
    reaches(machine, "STARTED");
    act(machine, "suspend");
    reaches(machine, "SUSPENDED");
    act(machine, "start");
    reaches(machine, "STARTED");
    theOnly("sleeper", "ACTIVE");
    remove(machine);
  }

  @Test
  @Order(16)
  void anAccountGoesOverToAnApplicationCredentialAndBack() {
    String account =
        items("/broker/1/accounts")
            .filter(each -> each.path("name").asText().equals("demo"))
            .map(each -> each.path("id").asText())
            .findFirst()
            .orElseThrow();
    JsonNode made = cloud.applicationCredential("walk-login");
    Map<String, Object> byPassword = Map.of("user", "demo", "project", "demo");
    Map<String, Object> byCredential = Map.of("applicationCredential", made.path("id").asText());
    Map<String, Object> secret =
        Map.of("applicationCredentialSecret", made.path("secret").asText());

    settings(account, byCredential).expect(400);
    assertThat(settings(account, byCredential, byPassword, secret).expect(400).body().toString())
        .contains("account.setting", "must not be given beside applicationCredential");
    JsonNode over = settings(account, byCredential, secret).expect(200).body().path("settings");
    assertThat(over.has("user")).isFalse();
    assertThat(over.path("applicationCredential")).isEqualTo(made.path("id"));
    String machine = order("renamed", "az1").expect(202).location();
    reaches(machine, "STARTED");
    remove(machine);

    assertThat(settings(account, byPassword).expect(400).body().toString())
        .contains("account.setting", "password must be given");
    Map<String, Object> password = Map.of("password", cloud.password());
    settings(account, byPassword, password).expect(200);
    cloud.openstack("application", "credential", "delete", "walk-login");
    operator.put(account + "?$select=description", Map.of("description", "kept")).expect(200);
    settings(account, byPassword).expect(200);
  }

  @Test
  @Order(17)
  void anExhaustedQuotaOfNetworksIsRefusedByMatchMakingWithoutACall() {
    if (items("/broker/1/accounts").noneMatch(each -> each.path("name").asText().equals("demo2"))) {
      register("demo2", cloud.password()).expect(201);
    }
    String network = network("hoard").expect(202).location();
    reaches(network, "STARTED");
    cloud.faults("quota-full", "demo2", "neutron");
    eventually(
        () -> operator.get("/broker/1/offers").body(),
        body -> body.toString().contains("\"networks\":0,\"subnets\":0,\"ports\":0"));
    long before = proxy.seen().stream().filter(OpenStackWalkIT::makes).count();
    assertThat(network("surplus").expect(409).body().toString())
        .contains("0 networks left in the account's quota", "0 subnets left", ", used by hoard\"");
    assertThat(orderOf("cut-off", smallest(), AT_DEMO2).expect(409).body().toString())
        .contains("1 ports", "0 ports left in the account's quota");
    assertThat(proxy.seen().stream().filter(OpenStackWalkIT::makes).count()).isEqualTo(before);
    cloud.faults("quota-back", "demo2");
    remove(network);
  }

  private static boolean makes(FaultProxy.Call call) {
    return creates(call)
        || call.method().equals("POST") && call.path().matches(".*/(networks|subnets|ports)");
  }

  private Operator.Reply network(String name) {
    return operator.post(
        "/cimi/2/networks",
        Map.of(
            "name",
            name,
            "networkTemplate",
            Map.of("initialState", "STARTED"),
            "placement",
            Map.of("terms", AT_DEMO2)));
  }

  /** Changes an account's settings to those which never differ here, and these. */
  @SafeVarargs
  private Operator.Reply settings(String account, Map<String, Object>... more) {
    Map<String, Object> settings = new HashMap<>();
    settings.putAll(Map.of("endpoint", proxy.address(cloud.keystone()), "country", "FR"));
    for (Map<String, Object> each : more) settings.putAll(each);
    return operator.put(account + "?$select=settings", Map.of("settings", settings));
  }

  /**
   * A network that somebody made at neutron, as it is shown here a discovery later, with its range,
   * for before machines cannot be in it.
   */
  private String seen(String name, String range) {
    return eventually(
            () ->
                items("/cimi/2/networks")
                    .filter(each -> each.path("name").asText().equals(name))
                    .filter(each -> ranges(each).contains(name + " " + range))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow()
        .path("id")
        .asText();
  }

  private List<String> ranges(JsonNode network) {
    return names(network.path("id").asText() + "/segments");
  }

  private static boolean lends(FaultProxy.Call call) {
    return call.method().equals("POST") && call.path().endsWith("/floatingips");
  }

  private Operator.Reply with(String name, String attribute, Object value) {
    return with(name, Map.of(attribute, value));
  }

  /** A machine with something more in its template. */
  private Operator.Reply with(String name, Map<String, Object> more) {
    Map<String, Object> template = new HashMap<>(more);
    template.put("machineConfig", smallest());
    template.put("machineImage", Map.of("href", first("/cimi/2/machineImages")));
    template.put("initialState", "STARTED");
    return operator.post(
        "/cimi/2/machines",
        Map.of("name", name, "machineTemplate", template, "placement", Map.of("terms", AT_AZ1)));
  }

  private String here(String command) throws IOException {
    Path clouds = folder.resolve("clouds.yaml");
    Files.writeString(clouds, proxy.address(cloud.cloudsFile()));
    return command
        .replace("open(\"clouds.yaml\")", "open(\"" + clouds + "\")")
        .replace("http://127.0.0.1:8080", broker.url().toString())
        .replace("https://cloud.example:5000/v3", proxy.address(cloud.keystone()))
        .replace("\"me\"", "\"demo\"")
        .replace("\"mine\"", "\"demo\"")
        .replace("\"secret\"", "\"" + cloud.password() + "\"");
  }
}
