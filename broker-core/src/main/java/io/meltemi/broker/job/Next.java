package io.meltemi.broker.job;

import io.meltemi.broker.store.Transaction;
import java.time.Duration;
import java.util.function.Consumer;

/** What comes after one run of a step; stored together with what the run found out. */
sealed interface Next {
  /** What the run found out, written in the transaction that ends it. */
  Consumer<Transaction> change();

  /** Nothing to write. */
  static Consumer<Transaction> nothing() {
    return transaction -> {};
  }

  /** Another step, at once. */
  record Go(String step, String queue, Consumer<Transaction> change) implements Next {}

  /**
   * The same step again after a pause, and why.
   *
   * @param looks the pause is for a change at the provider, whose hint ends it; else for a failure
   *     that shall pass
   */
  record Again(Duration after, String why, Consumer<Transaction> change, boolean looks)
      implements Next {}

  /** The job is over. */
  record End(JobState state, int code, String message, Consumer<Transaction> change)
      implements Next {}
}
