package io.meltemi.broker.job;

import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.MachineState;
import java.time.Duration;

/** Waits until the machine is what it was. */
final class RestoreWait implements Step {
  static final String NAME = "restore.wait";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "the provider restores the machine";
  }

  @Override
  public int progress() {
    return 50;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().capture();
  }

  @Override
  public Next run(Work work) {
    return Acting.seen(work, seen -> seen(work, seen));
  }

  private static Next seen(Work work, Observation seen) {
    MachineState state = seen.state();
    if (state.transitional()) return work.look("the machine is " + state);
    if (state == MachineState.ERROR || state == MachineState.FAILED) {
      return Acting.broken(work, seen);
    }
    return Restoring.failure(work)
        .map(reason -> Acting.settle(work, JobState.FAILED, ReturnCode.BROKEN, reason))
        .orElseGet(() -> restored(work, seen));
  }

  private static Next restored(Work work, Observation seen) {
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        "the machine is restored and " + seen.state(),
        work.onRow((transaction, row) -> {
          Row now = work.tools().machines().observed(transaction, row, seen.state(), seen);
          SnapshotBook.restored(transaction, now, Restoring.snapshot(work));
        }));
  }

  @Override
  public Next expired(Work work) {
    Restoring.begun(work);
    return Restoring.expired(work, "the machine was not restored in time");
  }

  @Override
  public Next stop(Work work) {
    Restoring.begun(work);
    return Acting.stopped(work);
  }
}
