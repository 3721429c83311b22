package io.meltemi.broker.job;

import io.meltemi.broker.store.Transaction;
import java.util.function.Consumer;

/** How a job is to end, kept while what has to come before its end is done. */
final class Ending {
  private Ending() {}

  static void keep(Work work, JobState state, int code, String message) {
    work.memory().put("outcome", state.name()).put("code", code).put("message", message);
  }

  static JobState state(Work work) {
    return JobState.valueOf(work.memory().path("outcome").asText());
  }

  static String message(Work work) {
    return work.memory().path("message").asText();
  }

  /** Ends the job as was kept. */
  static Next now(Work work, Consumer<Transaction> change) {
    return work.end(state(work), work.memory().path("code").asInt(), message(work), change);
  }
}
