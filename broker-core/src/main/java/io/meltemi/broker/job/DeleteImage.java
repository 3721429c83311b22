package io.meltemi.broker.job;

import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import java.time.Duration;
import java.util.Optional;

/** Removes a captured image until its provider shows nothing of it; only then its record goes. */
final class DeleteImage implements Step {
  static final String NAME = "delete.image";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "removes the image";
  }

  @Override
  public int progress() {
    return 20;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().remove();
  }

  @Override
  public Next run(Work work) {
    Optional<Made> made = Made.of(work.row());
    if (made.isEmpty() || Capturing.removed(Capturing.shots(work), made.get())) {
      return work.end(
          JobState.SUCCESS,
          JobRows.GOOD,
          "the image is gone",
          work.onRow((transaction, row) -> gone(transaction, work.tools().store(), row)));
    }
    return work.look("the provider removes the image");
  }

  private static void gone(Transaction transaction, Store store, Row image) {
    if (SnapshotBook.is(image)) {
      SnapshotBook.gone(transaction, store, image);
    } else {
      transaction.delete(image);
    }
  }

  @Override
  public Next expired(Work work) {
    return left(
        work,
        JobState.FAILED,
        ReturnCode.EXPIRED,
        work.late("the provider did not confirm that the image is gone; delete it again"));
  }

  private static Next left(Work work, JobState state, int code, String reason) {
    return work.end(
        state,
        code,
        reason,
        work.onRow((transaction, row) -> transaction.update(Capturing.failed(row, reason))));
  }

  @Override
  public Next stop(Work work) {
    return left(work, JobState.STOPPED, JobRows.GOOD, "its deletion was stopped; delete it again");
  }
}
