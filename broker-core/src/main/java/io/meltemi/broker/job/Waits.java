package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.StaleException;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Task;
import io.meltemi.broker.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Pauses between two looks of a job at its provider, and their early end. */
final class Waits {
  /** In a task's memory while it waits for a change, and not for a failure to pass. */
  private static final String LOOKS = "looks";

  private final Store store;
  private final Clock clock;

  Waits(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The memory of a task that begins such a pause, or another one. */
  static ObjectNode marked(ObjectNode memory, boolean looks) {
    ObjectNode marked = memory.deepCopy();
    return looks ? marked.put(LOOKS, true) : marked.without(LOOKS);
  }

  /**
   * Ends the pause of the job that works on that resource, if it is in one; false when no job works
   * on it.
   */
  boolean end(String path) {
    Optional<String> job =
        store.read(Store.EVERYBODY, path).filter(row -> JobOf.busy(store, row)).flatMap(JobOf::of);
    job.ifPresent(this::endOf);
    return job.isPresent();
  }

  private void endOf(String job) {
    try {
      store.write(
          Store.EVERYBODY,
          transaction -> {
            transaction.task(job).filter(this::pauses).ifPresent(task -> due(transaction, task));
            return job;
          });
    } catch (StaleException e) {
      // a worker has taken it meanwhile, and looks
    }
  }

  private boolean pauses(Task task) {
    return task.owner().isEmpty()
        && task.memory().path(LOOKS).asBoolean()
        && task.due().isAfter(clock.instant());
  }

  /** A look that the provider asked for makes the next pause no longer. */
  private void due(Transaction transaction, Task task) {
    Instant now = clock.instant();
    transaction.updateTask(
        new Task(
            task.job(),
            task.tenant(),
            task.queue(),
            task.step(),
            now,
            Math.max(0, task.attempts() - 1),
            task.memory(),
            task.fence(),
            task.owner(),
            task.until()));
  }
}
