package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Part D: create, change, delete, act. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangesTest {
  private final Provider provider = new Provider();

  @AfterAll
  void close() {
    provider.close();
  }

  @InEveryDialect
  void whatIsDoneAtOnceNamesAJobThatHasEnded(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer made = talk.posted("machineConfigs", talk.config("at once"));
    String url = made.header("Location").orElseThrow();
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.need("id")).isEqualTo(url);
    assertThat(talk.get(url).body()).isEqualTo(made.body());
    Answer changed =
        talk.consumer()
            .put(url + "?$select=name", Body.of("MachineConfiguration").with("name", "changed"));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(talk.get(url).body()).isEqualTo(changed.body());
    Answer deleted = talk.consumer().delete(url);
    assertThat(deleted.status()).isEqualTo(200);
    for (Answer answer : List.of(made, changed, deleted)) {
      Answer job = talk.job(answer);
      assertThat(job.need("state")).isEqualTo("SUCCESS");
      assertThat(job.need("progress")).isEqualTo("100");
    }
  }

  @InEveryDialect
  void whatTakesTimeIsAcceptedAndTold(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer ordered = talk.posted("machines", talk.order("in time", talk.template()));
    assertThat(ordered.status()).isEqualTo(202);
    assertThat(ordered.need("state")).isEqualTo("CREATING");
    String url = ordered.header("Location").orElseThrow();
    assertThat(ordered.need("id")).isEqualTo(url);
    assertThat(talk.jobEnded(ordered).need("state")).isEqualTo("SUCCESS");
    Answer stopped = talk.acted(talk.awaited(url, "STARTED"), "stop");
    assertThat(stopped.need("state")).isEqualTo("STOPPING");
    assertThat(talk.jobEnded(stopped).need("state")).isEqualTo("SUCCESS");
    Answer deleted = talk.consumer().delete(url);
    assertThat(deleted.status()).isEqualTo(202);
    assertThat(deleted.need("state")).isEqualTo("DELETING");
    assertThat(talk.jobEnded(deleted).need("state")).isEqualTo("SUCCESS");
    assertThat(talk.consumer().get(url).status()).isEqualTo(404);
  }

  /** R48 to R50: a member beside the href replaces, null erases, for this machine only. */
  @InEveryDialect
  void overridesReplaceAndErasuresEraseForThisMachineOnly(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer template =
        talk.made(
            "machineTemplates",
            talk.template().with("name", "paused").with("initialState", "PAUSED"));
    String before = template.body();
    Body order =
        Body.of("MachineCreate")
            .with("name", "overridden")
            .with("description", "with overrides")
            .property("tier", "cold")
            .part(
                "machineTemplate",
                Body.beside(template.need("id"))
                    .part("machineConfig", Body.of("x").with("cpu", 2).with("memory", 262144))
                    .erased("initialState"));
    Body plain =
        Body.of("MachineCreate").with("name", "plain").ref("machineTemplate", template.need("id"));
    Answer machine = talk.awaited(talk.made("machines", order).need("id"), "STARTED");
    assertThat(machine.need("cpu")).isEqualTo("2");
    assertThat(machine.need("memory")).isEqualTo("262144");
    assertThat(machine.need("name")).isEqualTo("overridden");
    assertThat(machine.need("description")).isEqualTo("with overrides");
    assertThat(machine.body()).contains("cold");
    Answer other = talk.awaited(talk.made("machines", plain).need("id"), "PAUSED");
    assertThat(other.need("cpu")).isEqualTo("1");
    assertThat(talk.get(template.need("id")).body()).isEqualTo(before);
    talk.removed(machine);
    talk.removed(other);
  }

  @InEveryDialect
  void aTemplateByValueIsNeverAResource(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String templates = talk.all("machineTemplates").need("count");
    String configs = talk.all("machineConfigs").need("count");
    Body template =
        Body.of("MachineTemplate")
            .part("machineConfig", Body.of("x").with("cpu", 1).with("memory", 131072))
            .ref("machineImage", talk.all("machineImages").items().getFirst().need("id"));
    Answer machine =
        talk.awaited(talk.made("machines", talk.order("by value", template)).need("id"), "STARTED");
    assertThat(talk.all("machineTemplates").need("count")).isEqualTo(templates);
    assertThat(talk.all("machineConfigs").need("count")).isEqualTo(configs);
    talk.removed(machine);
  }

  /** R52: each part that the metadata announces may be given by value. */
  @InEveryDialect
  void whatIsAnnouncedByValueIsTakenByValue(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String filter = "name='Machine'";
    String metadata = talk.asked(talk.href("resourceMetadata"), "$filter", filter).body();
    for (String part : List.of("Template", "Config", "Credential", "Image")) {
      assertThat(metadata).contains("Machine" + part + "ByValue");
    }
    Answer image = talk.all("machineImages").items().getFirst();
    Body template =
        Body.of("MachineTemplate")
            .part("machineConfig", Body.of("x").with("cpu", 1).with("memory", 131072))
            .part(
                "credential", Body.of("x").with("userName", "somebody").with("password", "a word"))
            .part(
                "machineImage",
                Body.of("x")
                    .with("type", "IMAGE")
                    .with("imageLocation", image.need("imageLocation")));
    Answer machine =
        talk.awaited(
            talk.made("machines", talk.order("all by value", template)).need("id"), "STARTED");
    talk.removed(machine);
  }

  @InEveryDialect
  void aFullUpdateRemovesWhatIsLeftOut(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String url = talk.made("machineConfigs", described(talk)).need("id");
    Answer changed = talk.consumer().put(url, talk.config("full").with("cpu", 4));
    assertThat(changed.status()).as(changed.raw()).isEqualTo(200);
    Answer now = talk.get(url);
    assertThat(now.need("cpu")).isEqualTo("4");
    for (String left : List.of("description", "cpuArch", "cpuSpeed", "properties", "property")) {
      assertThat(now.members()).doesNotContain(left);
    }
    Answer missing =
        talk.consumer().put(url, Body.of("MachineConfiguration").with("name", "no cpu"));
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.need("code")).isEqualTo("attribute.missing");
    assertThat(talk.get(url).body()).isEqualTo(now.body());
  }

  private static Body described(Talk talk) {
    return talk.config("described")
        .with("description", "all of it")
        .with("cpuArch", "x86_64")
        .with("cpuSpeed", 2000)
        .property("tier", "cold");
  }

  @InEveryDialect
  void aPartialUpdateChangesWhatItNames(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer made = talk.made("machineConfigs", described(talk));
    String url = made.need("id");
    Body cpu = Body.of("MachineConfiguration").with("cpu", 4);
    Answer changed = talk.consumer().put(url + "?$select=cpu,description", cpu);
    assertThat(changed.status()).as(changed.raw()).isEqualTo(200);
    Answer now = talk.get(url);
    assertThat(now.need("cpu")).isEqualTo("4");
    assertThat(now.text("description")).isEmpty();
    assertThat(now.need("name")).isEqualTo("described");
    assertThat(now.need("cpuSpeed")).isEqualTo("2000");
    assertThat(now.body()).contains("cold");
    refused(talk, url, "memory", cpu, "attribute.not-selected", "cpu");
    refused(talk, url, "cpuu", cpu, "attribute.not-selected", "cpu");
    refused(talk, url, "", cpu, "request.parameter", "$select");
    Body nothing = Body.of("MachineConfiguration");
    refused(talk, url, "cpuu", nothing, "attribute.unknown", "$select");
    refused(talk, url, "cpu", nothing, "attribute.missing", "cpu");
    refused(talk, url, "cpu", nothing.with("cpuu", 1), "attribute.unknown", "cpuu");
    assertThat(talk.get(url).body()).isEqualTo(now.body());
  }

  private static void refused(
      Talk talk, String url, String select, Body body, String code, String field) {
    Answer refused = talk.consumer().put(url + "?$select=" + select, body);
    assertThat(refused.status()).as(refused.raw()).isEqualTo(400);
    assertThat(refused.need("code")).as(refused.raw()).isEqualTo(code);
    assertThat(refused.need("field")).isEqualTo(field);
  }

  @InEveryDialect
  void whatOnlyTheProviderSetsIsPassedOver(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer before = talk.ready();
    String url = before.need("id");
    Body body = Body.of("Machine").with("id", "x").with("state", "STARTED").with("cpu", 64);
    assertThat(talk.consumer().put(url + "?$select=id,state,cpu", body).status()).isEqualTo(200);
    Body whole =
        Body.of("Machine")
            .with("name", "ready")
            .with("created", "2001-01-01T00:00:00Z")
            .with("cpu", 64);
    assertThat(talk.consumer().put(url, whole).status()).isEqualTo(200);
    Answer now = talk.get(url);
    for (String name : List.of("id", "state", "cpu", "created", "updated", "memory", "name")) {
      assertThat(now.need(name)).isEqualTo(before.need(name));
    }
  }

  /** R66: by a change of attributes, not by what an operation or its job does. */
  @InEveryDialect
  void theTimeOfTheUpdateMovesWithAttributesOnly(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer machine = talk.machine("timed", "STARTED");
    String url = machine.need("id");
    assertThat(machine.need("updated")).isEqualTo(machine.need("created"));
    Answer stopping = talk.acted(machine, "stop");
    Answer ignored = talk.jobEnded(stopping);
    Answer stopped = talk.awaited(url, "STOPPED");
    assertThat(stopped.need("updated")).isEqualTo(machine.need("created"));
    Body change = Body.of("Machine").with("description", "later");
    assertThat(talk.consumer().put(url + "?$select=description", change).status()).isEqualTo(200);
    assertThat(Instant.parse(talk.get(url).need("updated")))
        .isAfter(Instant.parse(machine.need("created")));
    talk.removed(talk.get(url));
  }

  @InEveryDialect
  void whatIsDeletedIsInNoCollectionAndReferredToByNothing(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String config = talk.made("machineConfigs", talk.config("short-lived")).need("id");
    Body body = talk.template().ref("machineConfig", config).with("name", "left behind");
    String template = talk.made("machineTemplates", body).need("id");
    assertThat(talk.consumer().delete(config).status()).isEqualTo(200);
    assertThat(talk.consumer().get(config).status()).isEqualTo(404);
    assertThat(talk.all("machineConfigs").items())
        .extracting(item -> item.need("id"))
        .doesNotContain(config);
    assertThat(talk.get(template).href("machineConfig")).isEmpty();
    Answer machine = talk.machine("with parts", "STARTED");
    String disks = machine.needHref("disks");
    talk.removed(machine);
    assertThat(talk.consumer().get(disks).status()).isEqualTo(404);
  }

  @InEveryDialect
  void anActionIsTakenAsItIsDeclared(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer machine = talk.machine("acted", "STOPPED");
    String start = machine.needOperation(dialect.action("start"));
    Answer wrong =
        talk.consumer().post(start, Body.of("Action").with("action", dialect.action("stop")));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.need("code")).isEqualTo("action.mismatch");
    Answer unknown = talk.consumer().post(start, Body.of("Action").with("fast", true));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.need("field")).isEqualTo("fast");
    Body right =
        Body.of("Action").with("action", dialect.action("start")).property("reason", "a test");
    assertThat(talk.consumer().post(start, right).status()).isEqualTo(202);
    Answer started = talk.awaited(machine.need("id"), "STARTED");
    String stop = started.needOperation(dialect.action("stop"));
    assertThat(talk.consumer().post(stop, Body.of("Action").with("force", true)).status())
        .isEqualTo(202);
    talk.awaited(machine.need("id"), "STOPPED");
    assertThat(talk.consumer().send("POST", start, "").status()).isEqualTo(202);
    talk.removed(talk.awaited(machine.need("id"), "STARTED"));
  }

  @InEveryDialect
  void aKeyGetsItsAnswerAgainInItsForm(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String add = talk.all("machineConfigs").needOperation("add");
    String body = talk.config("once").in(dialect);
    String key = "once-" + dialect.version() + dialect.xml();
    Answer first = talk.consumer().send("POST", add, body, "Idempotency-Key", key);
    Answer again = talk.consumer().send("POST", add, body, "Idempotency-Key", key);
    assertThat(again.status()).isEqualTo(first.status()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).contains("true");
    assertThat(again.body()).isEqualTo(first.body());
    for (String header : List.of("Location", "CIMI-Job-URI", "ETag")) {
      assertThat(again.header(header)).isEqualTo(first.header(header)).isPresent();
    }
    String other = talk.config("twice").in(dialect);
    Answer refused = talk.consumer().send("POST", add, other, "Idempotency-Key", key);
    assertThat(refused.need("code")).isEqualTo("idempotency.reused");
  }

  /** What one door made, the others read, change and delete. */
  @InEveryDialect
  void whatOneDoorMadeTheOthersReadChangeAndDelete(Dialect dialect) {
    Talk maker = provider.talk(dialect);
    for (Dialect other : Provider.dialects()) {
      Talk talk = provider.talk(other);
      String made = maker.made("machineConfigs", described(maker)).need("id");
      String seen = made.replaceFirst("/cimi/\\d/", "/cimi/" + other.version() + "/");
      assertThat(talk.get(seen).need("description")).isEqualTo("all of it");
      Body change = Body.of("MachineConfiguration").with("description", "by " + other);
      assertThat(talk.consumer().put(seen + "?$select=description", change).status())
          .isEqualTo(200);
      assertThat(maker.get(made).need("description")).isEqualTo("by " + other);
      assertThat(talk.consumer().delete(seen).status()).isEqualTo(200);
      assertThat(maker.consumer().get(made).status()).isEqualTo(404);
    }
  }

  /** R101: in 1.x an image is posted to the images, in 2.0 to the machine. */
  @InEveryDialect
  void aCaptureIsAskedForWhereItIsOffered(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer machine = talk.machine("captured", "STOPPED");
    String capture = machine.needOperation(dialect.action("capture"));
    assertThat(capture)
        .isEqualTo(
            dialect.version() == 1
                ? talk.all("machineImages").needOperation("add")
                : machine.need("id") + "/capture");
    Body body =
        Body.of("MachineImage")
            .with("name", "taken")
            .with("type", "IMAGE")
            .with("imageLocation", machine.need("id"));
    Answer taken = talk.consumer().post(capture, body);
    assertThat(taken.status()).as(taken.raw()).isEqualTo(202);
    Answer image = talk.awaited(taken.header("Location").orElseThrow(), "AVAILABLE");
    assertThat(image.typeUri()).isEqualTo(dialect.typeUri("MachineImage"));
    assertThat(image.need("type")).isEqualTo("IMAGE");
    assertThat(image.href("relatedImage")).isEmpty();
    assertThat(talk.awaited(machine.need("id"), "STOPPED").need("name")).isEqualTo("captured");
    talk.removed(talk.get(machine.need("id")));
    assertThat(talk.consumer().delete(image.need("id")).status()).isIn(200, 202);
  }

  /** R41: whoever asks, whatever the state. */
  @InEveryDialect
  void whatIsNotOfferedIsRefusedAndChangesNothing(Dialect dialect) {
    Set<String> plain = Set.of("edit", "delete");
    for (String name : List.of("reader", "member")) {
      Talk talk = provider.talk(name, dialect);
      for (String collection :
          List.of("machines", "machineConfigs", "machineImages", "jobs", "resourceMetadata")) {
        Answer item = talk.all(collection).items().getFirst();
        String url = item.need("id");
        for (String operation : plain) {
          if (item.operation(operation).isPresent()) continue;
          String before = talk.still(url);
          Answer refused =
              operation.equals("edit")
                  ? talk.consumer()
                      .send("PUT", url + "?$select=name", "{}", "Content-Type", "application/json")
                  : talk.consumer().delete(url);
          assertThat(refused.status()).as(name + refused.raw()).isIn(403, 405, 409);
          assertThat(talk.still(url)).isEqualTo(before);
        }
      }
    }
    assertThat(provider.talk("reader", dialect).ready().body()).doesNotContain("operation");
    assertThat(provider.talk("reader", dialect).all("machines").body()).doesNotContain("operation");
  }
}
