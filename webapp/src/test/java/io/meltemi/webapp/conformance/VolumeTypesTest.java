package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Types of volumes: a slow one of 9 GB, which comes first, and a fast one of 4 GB. */
class VolumeTypesTest {
  private static Provider provider;

  @BeforeAll
  static void start() {
    provider = new Provider("/conformance/volume-types.yaml");
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  private static Body template(long capacity, String types) {
    Body template =
        Body.of("VolumeTemplate").part("volumeConfig", Body.of("x").with("capacity", capacity));
    return types.isEmpty() ? template : template.part("placement", term(types));
  }

  private static Body term(String types) {
    return Body.of("x").entry("terms", "term", "volumeTypes", types);
  }

  private static Answer posted(Talk talk, Body template) {
    return talk.posted(
        "volumes", Body.of("VolumeCreate").with("name", "data").part("volumeTemplate", template));
  }

  private static Answer made(Talk talk, Body template) {
    Answer answer = posted(talk, template);
    assertThat(answer.status()).as(answer.raw()).isEqualTo(202);
    return talk.awaited(answer.header("Location").orElseThrow(), "AVAILABLE");
  }

  @InEveryDialect
  void aVolumeIsOfTheTypeThatItsOrderNames(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer plain = made(talk, template(1_000_000, ""));
    assertThat(plain.need("volumeType")).isEqualTo("slow");
    assertThat(mapped(plain)).isEmpty();
    Answer byName = made(talk, template(1_000_000, "rapid, fast"));
    assertThat(byName.need("volumeType")).isEqualTo("fast");
    assertThat(mapped(byName)).contains("EXACT: fast, rapid: fast");
    Answer byId = made(talk, template(1_000_000, "t-2"));
    assertThat(byId.need("volumeType")).isEqualTo("fast");
    for (Answer each : List.of(plain, byName, byId)) talk.removed(each);
  }

  /** R47 to R49: what is written beside the reference counts for this volume only. */
  @InEveryDialect
  void aTemplateIsKeptReferredToAndOverridden(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer config =
        talk.made(
            "volumeConfigs",
            Body.of("VolumeConfiguration").with("name", "kept").with("capacity", 1_000_000));
    Body body = Body.of("VolumeTemplate").with("name", "kept");
    body.ref("volumeConfig", config.need("id")).part("placement", term("fast"));
    Answer template = talk.made("volumeTemplates", body);
    String id = template.need("id");
    assertThat(template.needHref("volumeConfig")).isEqualTo(config.need("id"));

    Answer plain = made(talk, Body.beside(id));
    assertThat(told(plain)).isEqualTo("data: 1000000 fast");
    Body larger = Body.beside(config.need("id")).with("capacity", 2_000_000);
    Answer other = made(talk, Body.beside(id).part("volumeConfig", larger));
    assertThat(told(other)).isEqualTo("data: 2000000 fast");
    Answer free = made(talk, Body.beside(id).erased("placement"));
    assertThat(told(free)).isEqualTo("data: 1000000 slow");

    Dialect foreign = new Dialect(3 - dialect.version(), dialect.xml());
    String same = id.replace("/cimi/" + dialect.version(), "/cimi/" + foreign.version());
    Answer third = made(provider.talk(foreign), Body.beside(same));
    assertThat(told(third)).isEqualTo("data: 1000000 fast");

    assertThat(talk.get(id).body()).isEqualTo(template.body());
    for (Answer each : List.of(plain, other, free, third)) talk.removed(each);
    for (Answer each : List.of(template, config)) {
      assertThat(talk.consumer().delete(each.need("id")).status()).isEqualTo(200);
    }
    Answer gone = posted(talk, Body.beside(id));
    assertThat(gone.status()).isEqualTo(400);
    assertThat(gone.need("field")).isEqualTo("volumeTemplate.href");
  }

  private static String told(Answer volume) {
    return "%s: %s %s"
        .formatted(volume.need("name"), volume.need("capacity"), volume.need("volumeType"));
  }

  private static Optional<String> mapped(Answer volume) {
    return volume.entries("mapping", "mapped").stream()
        .filter(each -> each.need("attribute").equals("volumeTypes"))
        .map(each ->
            "%s: %s: %s".formatted(each.need("fidelity"), each.need("wanted"), each.need("given")))
        .findFirst();
  }

  @InEveryDialect
  void aTypeThatNobodyHasIsRefusedWithThoseThatThereAre(Dialect dialect) {
    Answer refused = posted(provider.talk(dialect), template(1_000_000, "rapid"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.raw()).contains("no-offer", "rapid", "slow (t-1)", "fast (t-2)");
  }

  @InEveryDialect
  void everyTypeHasRoomOfItsOwn(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    assertThat(posted(talk, template(9_500_000, "")).raw()).contains("9000000 kB of disk at most");
    Answer first = made(talk, template(3_000_000, "fast"));
    Answer refused = posted(talk, template(2_000_000, "fast"));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.raw()).contains("capacity", "1000000 kB of disk free");
    Answer second = made(talk, template(9_000_000, "slow"));
    for (Answer each : List.of(first, second)) talk.removed(each);
  }

  @InEveryDialect
  void aVolumeOfAnImageIsOfItsType(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer model = made(talk, template(1_000_000, "fast"));
    Body snapshot =
        Body.of("VolumeImage").with("name", "model").with("imageLocation", model.need("id"));
    Answer taken = talk.consumer().post(model.needOperation(dialect.action("snapshot")), snapshot);
    assertThat(taken.status()).as(taken.raw()).isIn(201, 202);
    Answer image = talk.awaited(taken.header("Location").orElseThrow(), "AVAILABLE");
    Answer copy = made(talk, template(1_000_000, "").ref("volumeImage", image.need("id")));
    assertThat(copy.need("volumeType")).isEqualTo("fast");
    Answer refused = posted(talk, template(1_000_000, "slow").ref("volumeImage", image.need("id")));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.raw()).contains("image", "volume type t-2", "slow (t-1)");
    for (Answer each : List.of(copy, image, model)) talk.removed(each);
  }

  @InEveryDialect
  void volumesBesideAMachineTakeOfTheRoomOfTheirTypes(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body template =
        talk.template()
            .list(
                "volumeTemplates",
                "volumeTemplate",
                fresh(dialect, template(8_000_000, "")),
                fresh(dialect, template(3_000_000, "")));
    Answer machine =
        talk.awaited(talk.made("machines", talk.order("web", template)).need("id"), "STARTED");
    List<Answer> volumes =
        talk.get(machine.needHref("volumes")).items().stream()
            .map(each ->
                talk.get(dialect.version() == 1 ? each.needHref("volume") : each.need("id")))
            .toList();
    assertThat(volumes)
        .extracting(each -> each.need("volumeType"))
        .containsExactlyInAnyOrder("slow", "fast");
    talk.removed(machine);
    for (Answer each : volumes) talk.removed(talk.get(each.need("id")));
  }

  private static Body fresh(Dialect dialect, Body template) {
    return dialect.version() == 1 ? template : Body.of("x").part("volumeTemplate", template);
  }

  @InEveryDialect
  void whatIsNoVolumeIsOfNoType(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer refused =
        talk.posted("machines", talk.order("web", talk.template().part("placement", term("fast"))));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.raw()).contains("placement.no-volume");
  }
}
