package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The Job as people see it (DSP0263 2.0.0, 5.17.1; R91 to R94): how its row is made and changed.
 */
final class JobRows {
  static final String KIND = "Job";

  /** Codes from 10000 are ours; a fault of a provider is 10000 and its ordinal. */
  static final int GOOD = 0;

  private final Clock clock;
  private final Supplier<String> ids;

  JobRows(Clock clock, Supplier<String> ids) {
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * A job that has not begun.
   *
   * @param affected paths of further resources beside the target
   */
  Row queued(String tenant, String user, String action, String target, List<String> affected) {
    return row(tenant, user, action, target, affected, JobState.QUEUED, 0, "waits for a worker");
  }

  /** A job that was over before anybody could look. */
  Row done(String tenant, String user, String action, String target, List<String> affected) {
    return row(tenant, user, action, target, affected, JobState.SUCCESS, 100, "done");
  }

  /** A part of another job. */
  Row nested(Row parent, String action, String target, List<String> affected) {
    Row row =
        queued(parent.tenant(), parent.inner().path("user").asText(), action, target, affected);
    ObjectNode document = row.document().deepCopy();
    document.set("parentJob", reference(parent.id()));
    return row.withDocument(document);
  }

  Row withNested(Row parent, List<String> jobs) {
    ObjectNode document = parent.document().deepCopy();
    document.set("nestedJobs", references(jobs));
    return parent.withDocument(document);
  }

  /** The job goes on; a job that is being stopped stays so. */
  Row running(Row job, int progress, String message) {
    JobState state = state(job) == JobState.STOPPING ? JobState.STOPPING : JobState.RUNNING;
    return changed(job, state, progress, GOOD, message);
  }

  Row stopping(Row job) {
    return changed(
        job, JobState.STOPPING, job.document().path("progress").asInt(), GOOD, "is being stopped");
  }

  Row ended(Row job, JobState state, int code, String message) {
    return changed(job, state, 100, code, message);
  }

  /** What no longer exists is not among the affected resources (R92). */
  Row without(Row job, String deleted) {
    ObjectNode document = job.document().deepCopy();
    ArrayNode left = document.arrayNode();
    for (var reference : document.path("affectedResources")) {
      if (!reference.path("href").asText().equals(deleted)) left.add(reference);
    }
    document.set("affectedResources", left);
    return job.withDocument(document);
  }

  /** Nobody wants to see the job any more once it has ended. */
  static Row unwanted(Row job) {
    ObjectNode inner = job.inner().deepCopy().put("unwanted", true);
    return job.withInner(inner);
  }

  /** Stores a job that has ended; one that is unwanted goes, with its parts. */
  static void keep(Transaction transaction, Row ended) {
    if (!ended.inner().path("unwanted").asBoolean()) {
      Row ignored = transaction.update(ended);
      return;
    }
    for (String part : nested(ended)) transaction.find(part).ifPresent(transaction::delete);
    transaction.delete(ended);
  }

  static JobState state(Row job) {
    return JobState.valueOf(job.state());
  }

  static Optional<String> parent(Row job) {
    return Optional.ofNullable(job.document().path("parentJob").path("href").textValue());
  }

  static List<String> nested(Row job) {
    return job.document()
        .path("nestedJobs")
        .valueStream()
        .map(one -> one.path("href").asText())
        .toList();
  }

  private Row row(
      String tenant,
      String user,
      String action,
      String target,
      List<String> affected,
      JobState state,
      int progress,
      String message) {
    Instant now = now();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("action", action);
    document.set("targetResource", reference(target));
    document.set("affectedResources", references(with(target, affected)));
    document.put("returnCode", GOOD).put("progress", progress).put("statusMessage", message);
    document.put("timeOfStatusChange", now.toString());
    document.putObject("_").put("user", user);
    return new Row(
        "jobs/" + ids.get(),
        tenant,
        KIND,
        Optional.empty(),
        "",
        state.name(),
        now,
        now,
        0,
        document);
  }

  private Row changed(Row job, JobState state, int progress, int code, String message) {
    ObjectNode document = job.document().deepCopy();
    document.put("returnCode", code).put("progress", progress).put("statusMessage", message);
    if (!job.state().equals(state.name())) document.put("timeOfStatusChange", now().toString());
    return job.withDocument(document).withState(state.name());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** What is affected always includes the target (R92). */
  private static List<String> with(String target, List<String> affected) {
    return Stream.concat(Stream.of(target), affected.stream()).distinct().toList();
  }

  private static ArrayNode references(List<String> paths) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    paths.forEach(path -> all.add(reference(path)));
    return all;
  }

  private static ObjectNode reference(String path) {
    return JsonNodeFactory.instance.objectNode().put("href", path);
  }
}
