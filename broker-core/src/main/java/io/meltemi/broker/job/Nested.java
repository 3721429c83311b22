package io.meltemi.broker.job;

import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import java.util.List;

/** The parts of a job: rows of their own, carried out by the task of the whole (R93). */
final class Nested {
  private Nested() {}

  /** The first part that has not ended becomes a success; the next one, if any, runs. */
  static void advance(Transaction transaction, JobRows rows, String job) {
    List<String> parts = transaction.find(job).map(JobRows::nested).orElse(List.of());
    boolean done = false;
    for (String path : parts) {
      Row part = transaction.find(path).orElse(null);
      if (part == null || JobRows.state(part).ended()) continue;
      if (done) {
        transaction.update(rows.running(part, 10, "works on it"));
        return;
      }
      transaction.update(rows.ended(part, JobState.SUCCESS, JobRows.GOOD, "done"));
      done = true;
    }
  }

  /** Parts still open end as the whole does. */
  static void close(Transaction transaction, JobRows rows, Row job, Next.End end) {
    for (String path : JobRows.nested(job)) {
      transaction
          .find(path)
          .filter(part -> !JobRows.state(part).ended())
          .ifPresent(part ->
              JobRows.keep(transaction, rows.ended(part, end.state(), end.code(), end.message())));
    }
  }
}
