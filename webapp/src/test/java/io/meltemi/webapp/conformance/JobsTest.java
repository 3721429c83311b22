package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Dialect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Part G: errors and jobs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsTest {
  private final Provider provider = new Provider();

  @AfterAll
  void close() {
    provider.close();
  }

  @InEveryDialect
  void everyRefusalIsAJob(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String machines = talk.href("machines");
    String ready = talk.ready().need("id");
    String form = dialect.mediaType();
    hold(talk, 400, "add", machines, talk.consumer().send("POST", machines, "?"));
    hold(talk, 400, "read", machines, talk.consumer().get(machines + "?$filter=x"));
    hold(talk, 401, "read", machines, sent(talk, "GET", machines, "Authorization", "Basic eDp5"));
    hold(talk, 404, "read", machines + "/x", talk.consumer().get(machines + "/x"));
    hold(talk, 404, "delete", machines + "/x", talk.consumer().delete(machines + "/x"));
    hold(talk, 405, "edit", machines, sent(talk, "PUT", machines));
    hold(talk, 409, "stop", ready, talk.consumer().send("POST", ready + "/stop", ""));
    hold(talk, 412, "delete", ready, sent(talk, "DELETE", ready, "If-Match", "\"1j\""));
    String large = " ".repeat(300_000);
    hold(talk, 413, "add", machines, talk.consumer().send("POST", machines, large));
    Answer typed = talk.consumer().send("POST", machines, "?", "Content-Type", "text/plain");
    hold(talk, 415, "add", machines, typed);
    assertThat(typed.header("Content-Type").orElseThrow()).startsWith(form);
    Answer unacceptable = sent(talk, "GET", machines, "Accept", "image/png");
    hold(talk, 406, "read", machines, unacceptable);
  }

  private static Answer sent(Talk talk, String verb, String url, String... headers) {
    return talk.consumer().send(verb, url, "", headers);
  }

  private static void hold(Talk talk, int status, String action, String target, Answer told) {
    assertThat(told.status()).as(told.raw()).isEqualTo(status);
    assertThat(told.typeUri()).isEqualTo(talk.dialect().typeUri("Job"));
    assertThat(told.need("id")).isEmpty();
    assertThat(told.need("state")).isEqualTo("FAILED");
    assertThat(told.need("progress")).isEqualTo("100");
    assertThat(told.need("returnCode")).isEqualTo(Integer.toString(10_000 + status));
    assertThat(told.need("action")).as(told.raw()).isEqualTo(talk.dialect().action(action));
    assertThat(told.needHref("targetResource")).isEqualTo(target);
    assertThat(told.links("affectedResources", "affectedResource")).containsExactly(target);
    assertThat(told.need("statusMessage")).isNotBlank();
    assertThat(told.need("remedy")).isNotBlank();
    assertThat(Instant.parse(told.need("timeOfStatusChange"))).isBefore(Instant.now());
  }

  /** R92: what was operated on, what came of it, and nothing that is gone. */
  @InEveryDialect
  void aJobTellsWhatItDid(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    String configs = talk.href("machineConfigs");
    Answer made = talk.posted("machineConfigs", talk.config("told"));
    String url = made.header("Location").orElseThrow();
    did(talk.job(made), "add", configs, configs, url);
    Body change = Body.of("MachineConfiguration").with("name", "told again");
    did(talk.job(talk.consumer().put(url + "?$select=name", change)), "edit", url, url);
    Answer deleted = talk.consumer().delete(url);
    did(talk.job(deleted), "delete", configs, configs);
    did(talk.job(made), "add", configs, configs);

    String machines = talk.href("machines");
    Answer ordered = talk.posted("machines", talk.order("told", talk.template()));
    String machine = ordered.header("Location").orElseThrow();
    did(talk.jobEnded(ordered), "add", machines, machines, machine);
    Answer stopped = talk.acted(talk.awaited(machine, "STARTED"), "stop");
    did(talk.jobEnded(stopped), "stop", machine, machine);
    Answer gone = talk.consumer().delete(machine);
    assertThat(talk.jobEnded(gone).links("affectedResources", "affectedResource")).isEmpty();
    did(talk.job(ordered), "add", machines, machines);
  }

  private static void did(Answer job, String action, String target, String... affected) {
    assertThat(job.need("action")).as(job.raw()).endsWith("/action/" + action);
    assertThat(job.needHref("targetResource")).isEqualTo(target);
    assertThat(job.links("affectedResources", "affectedResource"))
        .as(job.raw())
        .containsExactlyInAnyOrder(affected);
    assertThat(job.need("state")).isEqualTo("SUCCESS");
    assertThat(job.need("returnCode")).isEqualTo("0");
  }

  /** R93: a machine that is ordered paused is made, started and paused. */
  @InEveryDialect
  void partsOfAJobAreJobsOfTheirOwn(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Body template = talk.template().with("initialState", "PAUSED");
    Answer ordered = talk.posted("machines", talk.order("in parts", template));
    Answer whole = talk.jobEnded(ordered);
    assertThat(whole.need("state")).isEqualTo("SUCCESS");
    List<String> parts = whole.links("nestedJobs", "nestedJob");
    assertThat(parts).hasSize(3);
    List<String> actions = new ArrayList<>();
    for (String url : parts) {
      Answer part = talk.get(url);
      assertThat(part.needHref("parentJob")).isEqualTo(whole.need("id"));
      assertThat(part.need("state")).isEqualTo("SUCCESS");
      assertThat(part.need("progress")).isEqualTo("100");
      assertThat(part.needHref("targetResource"))
          .isEqualTo(ordered.header("Location").orElseThrow());
      actions.add(part.need("action"));
    }
    assertThat(actions)
        .containsExactly(dialect.action("add"), dialect.action("start"), dialect.action("pause"));
    talk.removed(talk.get(ordered.header("Location").orElseThrow()));
  }

  /** R94: never back, 100 at the end and not before; the time moves with the state. */
  @InEveryDialect
  void theProgressGoesForwardAndTheTimeWithTheState(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer ordered = talk.posted("machines", talk.order("watched", talk.template()));
    String job = talk.job(ordered).need("id");
    List<Integer> progress = new ArrayList<>();
    Map<String, String> times = new HashMap<>();
    Answer ended =
        talk.awaited(
            job,
            seen -> {
              progress.add(Integer.parseInt(seen.need("progress")));
              String time = seen.need("timeOfStatusChange");
              String before = times.putIfAbsent(seen.need("state"), time);
              assertThat(time).isEqualTo(before == null ? time : before);
              assertThat(seen.need("progress").equals("100"))
                  .isEqualTo(seen.need("state").equals("SUCCESS"));
              return seen.need("state").equals("SUCCESS");
            });
    assertThat(progress).isSorted();
    assertThat(Instant.parse(ended.need("timeOfStatusChange")))
        .isAfter(Instant.parse(ended.need("created")));
    talk.removed(talk.get(ordered.header("Location").orElseThrow()));
  }

  /** An order that the provider refuses for now, once: its job asks again a moment later. */
  private Answer waiting(Talk talk) {
    provider.broker().cloud().plan(Mishap.refuse("create", Fault.TRANSIENT, "later"));
    Answer ordered = talk.posted("machines", talk.order("waiting", talk.template()));
    Answer ignored = talk.awaited(talk.job(ordered).need("id"), "RUNNING");
    return ordered;
  }

  @InEveryDialect
  void aJobIsStopped(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer ordered = waiting(talk);
    String machine = ordered.header("Location").orElseThrow();
    Answer running = talk.job(ordered);
    Answer stopping = talk.acted(running, "stop");
    assertThat(stopping.need("state")).isEqualTo("STOPPING");
    Answer stopped = talk.awaited(running.need("id"), "STOPPED");
    assertThat(stopped.need("progress")).isEqualTo("100");
    assertThat(stopped.operation(dialect.action("stop"))).isEmpty();
    String stop = running.needOperation(dialect.action("stop"));
    assertThat(talk.consumer().send("POST", stop, "").status()).isEqualTo(409);
    talk.gone(machine);
    assertThat(talk.consumer().delete(stopped.need("id")).status()).isEqualTo(200);
    assertThat(talk.consumer().get(stopped.need("id")).status()).isEqualTo(404);
  }

  @InEveryDialect
  void aJobThatIsDeletedWhileItRunsIsStoppedFirst(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    Answer ordered = waiting(talk);
    String job = talk.job(ordered).need("id");
    Answer deleted = talk.consumer().delete(job);
    assertThat(deleted.status()).isEqualTo(202);
    assertThat(deleted.need("state")).isEqualTo("STOPPING");
    talk.gone(job);
    talk.gone(ordered.header("Location").orElseThrow());
  }

  @InEveryDialect
  void aJobThatFailsSaysWhy(Dialect dialect) {
    Talk talk = provider.talk(dialect);
    provider.broker().cloud().plan(Mishap.refuse("create", Fault.BAD_REQUEST, "no such flavour"));
    Answer ordered = talk.posted("machines", talk.order("failed", talk.template()));
    Answer failed = talk.jobEnded(ordered);
    assertThat(failed.need("state")).isEqualTo("FAILED");
    assertThat(failed.body()).contains("no such flavour");
    assertThat(Integer.parseInt(failed.need("returnCode"))).isGreaterThanOrEqualTo(10_000);
    assertThat(failed.need("statusMessage")).isNotBlank();
    Answer machine = talk.awaited(ordered.header("Location").orElseThrow(), "ERROR");
    talk.removed(machine);
  }
}
