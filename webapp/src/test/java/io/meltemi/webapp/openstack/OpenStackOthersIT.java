package io.meltemi.webapp.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Mishap;
import io.meltemi.webapp.deployed.Deployed;
import io.meltemi.webapp.openstack.RealCloud.Server;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What others do at nova: servers of theirs, changes behind the broker, services that go. */
@EnabledIfSystemProperty(named = "meltemi.openstack", matches = "true")
class OpenStackOthersIT extends AtOpenStack {
  /** One that was under way, one that saw it, one while we looked. */
  private static final long MOST_DISCOVERIES = 3;

  private static final String CONNECT = "connectvolume";

  private String account = "";

  @BeforeAll
  void demo() {
    account = register("demo", cloud.password()).expect(201).location();
  }

  @Test
  @Order(1)
  void aServerThatOthersMadeIsAdoptedFollowedMovedAndReleased() {
    String server = cloud.foreign("walk-foreign");
    try {
      String seen =
          eventually(
                  () -> foreign(server),
                  found ->
                      found.map(each -> each.path("state").asText()).equals(Optional.of("STARTED")))
              .orElseThrow()
              .path("id")
              .asText();
      JsonNode adopted = operator.post(seen + "/adopt", Map.of("acting", true)).expect(200).body();
      assertThat(adopted.path("adopted").asBoolean()).isTrue();
      String machine = items("/cimi/2/machines").findFirst().orElseThrow().path("id").asText();
      JsonNode shown = operator.get(machine).expect(200).body();
      assertThat(shown.path("name").asText()).isEqualTo("walk-foreign");
      assertThat(shown.path("cpu").asInt()).isEqualTo(1);
      assertThat(shown.toString()).contains("\"adopted\":true");
      assertThat(items("/cimi/1/addresses")).isNotEmpty();

      cloud.openstack("server", "stop", server);
      reaches(machine, "STOPPED");
      assertThat(events(machine)).anyMatch(event -> event.contains("drift"));
      act(machine, "start");
      reaches(machine, "STARTED");
      assertThat(operator.delete(machine).expect(409).body().toString())
          .contains("machine.adopted", "/release");

      operator.post(seen + "/release", Map.of()).expect(200);
      assertThat(operator.get(machine).status()).isEqualTo(404);
      assertThat(cloud.openstack("server", "show", server, "-f", "value", "-c", "properties"))
          .doesNotContain("meltemi");
    } finally {
      cloud.openstack("server", "delete", server);
    }
  }

  private Optional<JsonNode> foreign(String server) {
    return items(account + "/foreignMachines")
        .filter(each -> each.path("handle").asText().equals(server))
        .findFirst();
  }

  @Test
  @Order(2)
  void theDoctorFindsOrphanTwinsAndDriftAndRemovesTheOrphanAlone() throws IOException {
    assertThat(broker.command("doctor").status()).isZero();
    String gone = order("vanished", "az1").expect(202).location();
    String machine = order("patient", "az1").expect(202).location();
    String volume = operator.post("/cimi/2/volumes", volume("patient")).expect(202).location();
    reaches(gone, "STARTED");
    reaches(machine, "STARTED");
    reaches(volume, "AVAILABLE");
    leftToHints();
    cloud.openstack("server", "delete", theOnly("vanished", "ACTIVE").id());
    reaches(gone, "ERROR");
    Server own = theOnly("patient", "ACTIVE");
    String orphan = cloud.bearing("walk-orphan", "walk-forgotten", lastPart(account));
    String twin = cloud.bearing("walk-twin", own.token(), lastPart(account));
    String copy =
        cloud.volume(
            "walk-twin", marks(cloud.tokenOfVolume("patient"), lastPart(account), Instant.now()));

    Deployed.Said found = broker.command("doctor", "--format", "json");
    assertThat(found.status()).as(found.text()).isEqualTo(3);
    assertThat(found.text()).contains("ORPHAN", orphan, "TWIN", twin, copy, "DRIFT", "vanished");
    assertThat(broker.command("doctor", "--remove").status()).isEqualTo(3);
    assertThat(marked("walk-orphan")).isEmpty();
    assertThat(marked("walk-twin")).hasSize(1);

    cloud.openstack("server", "stop", own.id());
    reaches(machine, "STOPPED");
    remove(gone);
    remove(machine);
    remove(volume);
    assertThat(marked("walk-twin")).hasSize(1);
    assertThat(cloud.volumes()).contains(copy);
    cloud.shell(commandOfThePage(UNSET).replace("SERVER", twin).replace("VOLUME", copy));
    assertThat(marked("walk-twin")).isEmpty();
    eventually(() -> broker.command("doctor").status(), status -> status == 0);
    cloud.openstack("server", "delete", twin);
    cloud.openstack("volume", "delete", copy);
  }

  /** A list of what bears the mark is not yet proof: whose it is, and whether it was copied. */
  @Test
  @Order(3)
  void theDoctorRemovesAnOrphanedVolumeAndNetworkAndNothingThatIsNotProvenOurs() {
    String own = lastPart(account);
    String volume = cloud.volume("walk-orphan", marks("walk-lost", own, Instant.now()));
    String network = cloud.network("walk-orphan", words("walk-adrift", own));
    cloud.subnet(network, "10.205.0.0/24", words("walk-adrift", own));
    List<String> volumes =
        List.of(
            cloud.volume("walk-stays", Map.of()),
            cloud.volume("walk-stays", marks("walk-lost", "somebody-else", Instant.now())),
            cloud.volume("walk-stays", marks("walk-lost", own, Instant.EPOCH)));
    List<String> networks =
        List.of(
            cloud.network("walk-stays", "a network of mine"),
            cloud.network("walk-stays", words("walk-adrift", "somebody-else")),
            cloud.network("walk-stays", words("walk-adrift", own)));
    cloud.subnet(networks.getLast(), "10.206.0.0/24", "a range of mine");
    try {
      Deployed.Said found = broker.command("doctor", "--format", "json");
      assertThat(found.status()).as(found.text()).isEqualTo(3);
      assertThat(found.text())
          .contains("ORPHAN", volume, network)
          .doesNotContain(volumes)
          .doesNotContain(networks);
      assertThat(cloud.volumes()).contains(volume);
      assertThat(cloud.networks("walk-orphan")).containsExactly(network);

      Deployed.Said removed = broker.command("doctor", "--remove");
      assertThat(removed.status()).as(removed.text()).isEqualTo(4);
      assertThat(cloud.volumes()).doesNotContain(volume);
      assertThat(cloud.networks("walk-orphan")).isEmpty();
      assertThat(broker.command("doctor").status()).isZero();
      assertThat(cloud.volumes()).containsAll(volumes);
      assertThat(cloud.networks("walk-stays")).containsExactlyInAnyOrderElementsOf(networks);
    } finally {
      volumes.forEach(each -> cloud.openstack("volume", "delete", each));
      networks.forEach(each -> cloud.openstack("network", "delete", each));
    }
  }

  /** As the account's broker writes them on a volume that it asked for at that time. */
  private static Map<String, String> marks(String token, String account, Instant asked) {
    return Map.of(
        "meltemi-token", token, "meltemi-account", account, "meltemi-asked", asked.toString());
  }

  /** The same in the description of a network. */
  private static String words(String token, String account) {
    return "meltemi-token=" + token + " meltemi-account=" + account;
  }

  /**
   * From now on the account's machines are looked at when nova tells of a change, and else hardly
   * ever. Its discoveries are far enough apart to be counted.
   */
  private void leftToHints() {
    Map<String, Object> limits = new HashMap<>(LIMITS);
    limits.putAll(Map.of("watchMilliseconds", 3_600_000, "discoverSeconds", 20));
    operator.put(account + "?$select=limits", Map.of("limits", limits)).expect(200);
  }

  /** In each view, a discovery and a look of ours after cinder is gone or back. */
  @Test
  @Order(4)
  void anAbilityThatIsTakenAwayGoesAndReturnsInEveryView() {
    String machine = order("mounter", "az1").expect(202).location();
    reaches(machine, "STARTED");
    assertThat(views(machine)).containsOnly(true);
    cloud.faults("stop", "cinder-api");
    long before = discoveries();
    eventually(() -> views(machine), views -> !views.contains(true));
    assertThat(discoveries() - before).isLessThanOrEqualTo(MOST_DISCOVERIES);
    assertThat(operator.post("/cimi/2/volumes", volume("none")).expect(409).body().toString())
        .contains("volume.no-offer");
    cloud.faults("start", "cinder-api");
    long since = discoveries();
    eventually(() -> views(machine), views -> !views.contains(false));
    assertThat(discoveries() - since).isLessThanOrEqualTo(MOST_DISCOVERIES);
    remove(machine);
  }

  /** Whether locations, offers, metadata and the operations of a machine tell of volumes. */
  private List<Boolean> views(String machine) {
    return List.of(
        tells("/broker/1/locations", "VOLUME_CREATE"),
        tells("/broker/1/offers", "VOLUME_ATTACH"),
        tells("/cimi/2/resourceMetadata", "VolumeTemplateByValue"),
        operator.get(machine).expect(200).body().path("operations").toString().contains(CONNECT));
  }

  private boolean tells(String collection, String word) {
    return items(collection).anyMatch(each -> each.toString().contains("\"" + word + "\""));
  }

  private static Map<String, Object> volume(String name) {
    return Map.of(
        "name", name, "volumeTemplate", Map.of("volumeConfig", Map.of("capacity", 1_000_000)));
  }

  /** Each asks for the flavors once, after everything else that may be gone. */
  private long discoveries() {
    return proxy.seen().stream().filter(call -> call.path().endsWith("/flavors/detail")).count();
  }

  @Test
  @Order(5)
  void aFlavorThatIsAddedIsOfferedAndWithdrawnAgain() {
    String flavor =
        cloud.asAdmin(
            "flavor",
            "create",
            "--vcpus",
            "3",
            "--ram",
            "1536",
            "--disk",
            "1",
            "-f",
            "value",
            "-c",
            "id",
            "walk-flavor");
    try {
      long before = discoveries();
      eventually(() -> offers(flavor), seen -> seen);
      assertThat(discoveries() - before).isLessThanOrEqualTo(MOST_DISCOVERIES);
    } finally {
      cloud.asAdmin("flavor", "delete", flavor);
    }
    eventually(() -> offers(flavor), seen -> !seen);
  }

  private boolean offers(String flavor) {
    return items("/broker/1/offers").anyMatch(each -> each.path("size").asText().equals(flavor));
  }

  @Test
  @Order(6)
  void theQuotasOfNovaCinderAndNeutronAreToldAsTheyWereSet() {
    String server = cloud.foreign("walk-user");
    try {
      String status = "server show -f value -c status " + server;
      eventually(() -> cloud.openstack(status.split(" ")), "ACTIVE"::equals);
      cloud.faults("quota-full", "demo");
      eventually(this::left, left -> left.stream().allMatch(each -> each == 0));
      cloud.faults("quota-back", "demo");
      long machines = quota("instances") - used("totalInstancesUsed");
      long cpu = quota("cores") - used("totalCoresUsed");
      long memory = (quota("ram") - used("totalRAMUsed")) * 1024;
      long volumes = quota("volumes") - listed("volume", "list");
      long addresses = quota("floating-ips") - cloud.floatingAddresses().size();
      long networks = quota("networks") - listed("network", "list", "--internal");
      long ports = quota("ports") - listed("port", "list");
      List<Long> expected = List.of(machines, cpu, memory, volumes, addresses, networks, ports);
      assertThat(expected).allMatch(number -> number > 0);
      eventually(this::left, left -> left.equals(expected));
    } finally {
      cloud.openstack("server", "delete", server);
    }
  }

  /** What nova counts as used. */
  private long used(String name) {
    return cloud
        .openstack("limits", "show", "--absolute", "-f", "value")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
        .filter(number -> number > 0)
        .findFirst()
        .orElseThrow();
  }

  private long quota(String resource) {
    return Long.parseLong(cloud.openstack("quota", "show", "-f", "value", "-c", resource).strip());
  }

  private long listed(String... command) {
    String[] all =
        Stream.concat(Stream.of(command), Stream.of("-f", "value")).toArray(String[]::new);
    return cloud.openstack(all).lines().count();
  }

  /** What offers say is left: machines, CPUs, KiB of memory, volumes and what is neutron's. */
  private List<Long> left() {
    List<JsonNode> offers = items("/broker/1/offers").toList();
    return Stream.of("machines", "cpu", "memory", "volumes", "addresses", "networks", "ports")
        .map(each -> least(offers, "/quotaLeft/" + each))
        .toList();
  }

  private static long least(List<JsonNode> offers, String where) {
    return offers.stream()
        .map(offer -> offer.at(where))
        .filter(JsonNode::isNumber)
        .mapToLong(JsonNode::asLong)
        .min()
        .orElse(-1);
  }

  @Test
  @Order(7)
  void aPauseThatNovaAsksForHoldsForAllCallsOfTheAccount() {
    long before = creations();
    proxy.next(
        AtOpenStack::creates,
        new Mishap.Refused(
            429, Map.of("Retry-After", "20"), "{\"overLimit\": {\"message\": \"too many\"}}"));
    String hasty = order("hasty", "az1").expect(202).location();
    eventually(this::creations, seen -> seen > before);
    String other = order("bystander", "az1").expect(202).location();
    // What was under way when the answer came has come to its end by then.
    waitFor(Duration.ofSeconds(4));
    List<FaultProxy.Call> sent = proxy.seen();
    waitFor(Duration.ofSeconds(8));
    assertThat(proxy.seen()).isEqualTo(sent);
    assertThat(operator.get(other).expect(200).body().path("state").asText()).isEqualTo("CREATING");
    reaches(hasty, "STARTED");
    reaches(other, "STARTED");
    assertThat(creations() - before).isEqualTo(3);
    remove(hasty);
    remove(other);
  }

  private static void waitFor(Duration time) {
    Awaitility.await().pollDelay(time).atMost(PATIENCE).until(() -> true);
  }
}
