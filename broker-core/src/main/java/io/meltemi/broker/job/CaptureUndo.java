package io.meltemi.broker.job;

import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import java.time.Duration;

/**
 * Removes what a capture made that failed or was stopped. Of a failed one the image stays as ERROR
 * and tells why; of a stopped one nothing stays.
 */
final class CaptureUndo implements Step {
  static final String NAME = "capture.undo";

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
    Made made = Capturing.made(work);
    boolean nothing = made.asked().isEmpty() && made.handle().isEmpty();
    return nothing || Capturing.removed(Capturing.shots(work), made)
        ? over(work)
        : work.look("removes the image");
  }

  private static Next over(Work work) {
    return Ending.now(
        work,
        work.onRow((transaction, row) -> {
          Capturing.free(transaction, work.tools(), work.memory());
          leave(transaction, work, row, Ending.state(work), Ending.message(work));
        }));
  }

  private static void leave(
      Transaction transaction, Work work, Row row, JobState state, String message) {
    Made.of(row)
        .filter(made -> made.asked().isPresent())
        .ifPresent(
            made -> Sweep.addImage(transaction, work.tools(), row, made.account(), made.token()));
    if (state == JobState.STOPPED) {
      transaction.delete(row);
    } else {
      transaction.update(Capturing.failed(row, message));
    }
  }

  /** The sweep goes on with it. */
  @Override
  public Next expired(Work work) {
    return over(work);
  }
}
