package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.ConnectorException;
import java.time.Duration;

/**
 * Removes what a creation made that failed or was stopped. Of a failed one the row stays as ERROR
 * and tells why; of a stopped one nothing stays.
 */
final class CreateUndo implements Step {
  static final String NAME = "create.undo";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "removes what was made";
  }

  @Override
  public int progress() {
    return 90;
  }

  @Override
  public boolean closing() {
    return true;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().remove();
  }

  @Override
  public Next run(Work work) {
    return Mounting.cleared(work) ? over(work) : work.look("removes what was made");
  }

  private static Next over(Work work) {
    if (!work.memory().has("code")) {
      return work.end(
          JobState.STOPPED,
          JobRows.GOOD,
          "stopped; nothing was left behind",
          work.onRow((transaction, row) -> {
            sweep(transaction, work, row);
            Mounting.dissolve(transaction, work.tools(), work.memory());
            work.tools().gone(transaction, row);
          }));
    }
    String message = work.memory().path("message").asText();
    return work.end(
        JobState.FAILED,
        work.memory().path("code").asInt(),
        message,
        work.onRow((transaction, row) -> {
          sweep(transaction, work, row);
          Mounting.dissolve(transaction, work.tools(), work.memory());
          work.tools().book(row).nowhere(transaction, row, message);
        }));
  }

  private static void sweep(Transaction transaction, Work work, Row row) {
    Placed.of(row)
        .filter(placed -> placed.asked().isPresent())
        .ifPresent(placed -> Creating.sweep(transaction, work, row, placed));
  }

  @Override
  public Next fault(Work work, ConnectorException e) {
    return work.again(e);
  }

  /** The sweep goes on with it. */
  @Override
  public Next expired(Work work) {
    return over(work);
  }
}
