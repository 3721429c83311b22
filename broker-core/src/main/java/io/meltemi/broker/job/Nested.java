package io.meltemi.broker.job;

import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import java.util.List;

/** The parts of a job: rows of their own, carried out by the task of the whole (R93). */
final class Nested {
  private Nested() {}

  /**
   * So many parts, from the first, have been done; the next one, if any, runs. May be told again,
   * for what was done at one place is done once more at the next.
   */
  static void reached(Transaction transaction, JobRows rows, String job, int done) {
    List<String> parts = transaction.find(job).map(JobRows::nested).orElse(List.of());
    for (int i = 0; i < Math.min(done + 1, parts.size()); i++) {
      Row part = transaction.find(parts.get(i)).orElse(null);
      if (part == null || JobRows.state(part).ended()) continue;
      transaction.update(
          i < done
              ? rows.ended(part, JobState.SUCCESS, JobRows.GOOD, "done")
              : rows.running(part, 10, "works on it"));
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
