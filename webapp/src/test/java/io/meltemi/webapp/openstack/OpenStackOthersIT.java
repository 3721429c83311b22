package io.meltemi.webapp.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.webapp.openstack.RealCloud.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What others do at nova: servers of theirs, changes behind the broker, services that go. */
@EnabledIfSystemProperty(named = "meltemi.openstack", matches = "true")
class OpenStackOthersIT extends AtOpenStack {
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
      operator.post(machine + "/start", action("start")).expect(202);
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

  private static Map<String, Object> action(String name) {
    return Map.of(
        "resourceURI",
        "http://schemas.dmtf.org/cimi/2/Action",
        "action",
        "http://schemas.dmtf.org/cimi/2/action/" + name);
  }

  private Optional<JsonNode> foreign(String server) {
    return items(account + "/foreignMachines")
        .filter(each -> each.path("handle").asText().equals(server))
        .findFirst();
  }

  @Test
  @Order(2)
  void theDoctorFindsOrphanTwinAndDriftAndRemovesTheOrphanAlone() {
    assertThat(broker.command("doctor").status()).isZero();
    String gone = order("vanished", "az1").expect(202).location();
    String machine = order("patient", "az1").expect(202).location();
    reaches(gone, "STARTED");
    reaches(machine, "STARTED");
    leftToHints();
    cloud.openstack("server", "delete", theOnly("vanished", "ACTIVE").id());
    reaches(gone, "ERROR");
    Server own = theOnly("patient", "ACTIVE");
    String orphan = cloud.bearing("walk-orphan", "walk-forgotten", lastPart(account));
    String twin = cloud.bearing("walk-twin", own.token(), lastPart(account));

    Deployed.Said found = broker.command("doctor", "--format", "json");
    assertThat(found.status()).as(found.text()).isEqualTo(3);
    assertThat(found.text()).contains("ORPHAN", orphan, "TWIN", twin, "DRIFT", "vanished");
    assertThat(broker.command("doctor", "--remove").status()).isEqualTo(3);
    eventually(() -> marked("walk-orphan"), List::isEmpty);
    assertThat(marked("walk-twin")).hasSize(1);

    cloud.openstack("server", "stop", own.id());
    reaches(machine, "STOPPED");
    eventually(() -> marked("walk-twin"), List::isEmpty);
    remove(gone);
    remove(machine);
    eventually(() -> broker.command("doctor").status(), status -> status == 0);
  }

  /** From now on the account is looked at when nova tells of a change, and else hardly ever. */
  private void leftToHints() {
    operator
        .put(account + "?$select=limits", Map.of("limits", Map.of("watchMilliseconds", 3_600_000)))
        .expect(200);
  }

  @Test
  @Order(3)
  void anAbilityThatIsTakenAwayGoesAndReturns() {
    assertThat(able("VOLUME_CREATE")).isTrue();
    cloud.faults("stop", "cinder-api");
    eventually(() -> able("VOLUME_CREATE"), able -> !able);
    assertThat(operator.post("/cimi/2/volumes", volume()).expect(409).body().toString())
        .contains("volume.no-offer");
    cloud.faults("start", "cinder-api");
    eventually(() -> able("VOLUME_CREATE"), able -> able);
  }

  private boolean able(String ability) {
    return items("/broker/1/locations").anyMatch(each -> each.toString().contains(ability));
  }

  private static Map<String, Object> volume() {
    return Map.of(
        "name", "none", "volumeTemplate", Map.of("volumeConfig", Map.of("capacity", 1_000_000)));
  }
}
