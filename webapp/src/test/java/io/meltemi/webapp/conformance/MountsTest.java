package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Volumes that a machine's template names (DSP0263 2.0.0, 5.14.3). */
class MountsTest {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = new Provider("/conformance/volumes.yaml");
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  @InEveryDialect
  void aMachineComesWithVolumesThatWereThereAndNewOnes(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer data = volume(talk, "data", "");
    String byReference =
        talk.made("volumeTemplates", template(1_000_000).with("name", "logs")).need("id");
    Body template =
        existing(talk.template(), dialect, data)
            .list(
                "volumeTemplates",
                "volumeTemplate",
                fresh(dialect, Body.beside(byReference)).with("initialLocation", "/dev/sdc"),
                fresh(dialect, template(2_000_000)));
    Answer accepted = talk.posted("machines", talk.order("web", template));
    Answer job = talk.jobEnded(accepted);
    assertThat(job.need("state")).as(job.raw()).isEqualTo("SUCCESS");
    assertThat(job.links("affectedResources", "affectedResource")).contains(data.need("id"));
    for (String part : job.links("nestedJobs", "nestedJob")) {
      assertThat(talk.get(part).need("state")).isEqualTo("SUCCESS");
    }
    Answer machine = talk.get(accepted.header("Location").orElseThrow());
    List<Answer> volumes = volumes(talk, machine);
    assertThat(volumes).hasSize(3);
    assertThat(volumes).extracting(each -> each.need("state")).containsOnly("AVAILABLE");
    assertThat(volumes)
        .extracting(each -> each.need("capacity"))
        .containsExactlyInAnyOrder("3000000", "1000000", "2000000");
    assertThat(volumes).extracting(each -> each.need("location")).containsOnly("ground-1");
    assertThat(items(talk, machine))
        .extracting(each -> each.text("initialLocation").orElse(""))
        .contains("/dev/sdb", "/dev/sdc");
    talk.removed(machine);
    for (Answer each : volumes) talk.removed(talk.get(each.need("id")));
    assertThat(talk.consumer().delete(byReference).status()).isEqualTo(200);
  }

  @InEveryDialect
  void thatTemplatesMayStandByValueIsAnnounced(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    assertThat(talk.asked(talk.href("resourceMetadata"), "$filter", "name='Machine'").body())
        .contains("MachineVolumeTemplatesByValue");
  }

  @InEveryDialect
  void aTemplateKeepsItsVolumesAndCanBeUsedAgain(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer template =
        talk.made(
            "machineTemplates",
            talk.template()
                .with("name", "with a disk")
                .list("volumeTemplates", "volumeTemplate", fresh(dialect, template(1_500_000))));
    assertThat(template.body()).contains("1500000");
    List<Answer> machines = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      Body order = talk.order(name, Body.beside(template.need("id")));
      machines.add(talk.awaited(talk.made("machines", order).need("id"), "STARTED"));
    }
    List<String> ids = new ArrayList<>();
    for (Answer machine : machines) {
      List<Answer> volumes = volumes(talk, machine);
      assertThat(volumes).hasSize(1);
      ids.add(volumes.getFirst().need("id"));
      talk.removed(machine);
    }
    assertThat(ids).doesNotHaveDuplicates();
    for (String id : ids) talk.removed(talk.get(id));
    assertThat(talk.consumer().delete(template.need("id")).status()).isEqualTo(200);
  }

  /** The machine goes where its volume is, although another place comes first. */
  @InEveryDialect
  void aVolumeDrawsItsMachineToItsPlace(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer far = volume(talk, "far", "ground-2");
    Body template = existing(talk.template(), dialect, far);
    Answer machine =
        talk.awaited(talk.made("machines", talk.order("drawn", template)).need("id"), "STARTED");
    assertThat(machine.need("location")).isEqualTo("ground-2");
    talk.removed(machine);
    talk.removed(talk.get(far.need("id")));
  }

  @InEveryDialect
  void volumesInTwoPlacesFitNowhereAndTheVerdictsSayWhy(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer near = volume(talk, "near", "ground-1");
    Answer far = volume(talk, "far", "ground-2");
    Body template =
        talk.template().list("volumes", "volume", entry(dialect, near), entry(dialect, far));
    Answer refused = talk.posted("machines", talk.order("torn", template));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.raw())
        .contains("machine.no-offer", "volumes", "far at ", "ground-2", "near at ");
    for (Answer each : List.of(near, far)) {
      assertThat(talk.get(each.need("id")).operation("delete")).isPresent();
      talk.removed(talk.get(each.need("id")));
    }
  }

  @InEveryDialect
  void aNewVolumeThatNoPlaceTakesIsToldByItsPlaces(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body template =
        talk.template()
            .list("volumeTemplates", "volumeTemplate", fresh(dialect, template(6_000_000)));
    String volumes = talk.all("volumes").need("count");
    Answer refused = talk.posted("machines", talk.order("huge", template));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.raw())
        .contains("a new volume of 6000000 kB", "no volumes can be made here", "size: ");
    assertThat(talk.all("volumes").need("count")).isEqualTo(volumes);
  }

  @InEveryDialect
  void aVolumeThatIsTakenOrUnknownIsRefusedWithItsField(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer data = volume(talk, "data", "");
    Body template = existing(talk.template(), dialect, data);
    Answer machine =
        talk.awaited(talk.made("machines", talk.order("first", template)).need("id"), "STARTED");
    Answer second = talk.posted("machines", talk.order("second", template));
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.raw()).contains("volume.attached", "machineTemplate.volumes[0]");
    Answer twice =
        talk.posted(
            "machines",
            talk.order(
                "twice",
                talk.template()
                    .list("volumes", "volume", entry(dialect, data), entry(dialect, data))));
    assertThat(twice.status()).isIn(400, 409);
    talk.removed(machine);
    talk.removed(talk.get(data.need("id")));
    Answer unknown = talk.posted("machines", talk.order("third", template));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.raw()).contains("machineTemplate.volumes[0].volume");
  }

  private static Body template(long capacity) {
    return Body.of("VolumeTemplate").part("volumeConfig", Body.of("x").with("capacity", capacity));
  }

  private static Answer volume(Talk talk, String name, String location) {
    Body template = template(3_000_000);
    if (!location.isEmpty()) {
      template.part("placement", Body.of("x").entry("terms", "term", "locations", location));
    }
    Body order = Body.of("VolumeCreate").with("name", name).part("volumeTemplate", template);
    return talk.awaited(talk.made("volumes", order).need("id"), "AVAILABLE");
  }

  private static Body existing(Body template, Dialect dialect, Answer volume) {
    return template.list(
        "volumes", "volume", entry(dialect, volume).with("initialLocation", "/dev/sdb"));
  }

  /** The {@code href} stands directly in the entry of 1.x. */
  private static Body entry(Dialect dialect, Answer volume) {
    return dialect.version() == 1
        ? Body.beside(volume.need("id"))
        : Body.of("x").ref("volume", volume.need("id"));
  }

  /** So does the whole template. */
  private static Body fresh(Dialect dialect, Body template) {
    return dialect.version() == 1 ? template : Body.of("x").part("volumeTemplate", template);
  }

  private static List<Answer> items(Talk talk, Answer machine) {
    return talk.get(machine.needHref("volumes")).items();
  }

  private static List<Answer> volumes(Talk talk, Answer machine) {
    return items(talk, machine).stream()
        .map(each ->
            talk.get(talk.dialect().version() == 1 ? each.needHref("volume") : each.need("id")))
        .toList();
  }
}
