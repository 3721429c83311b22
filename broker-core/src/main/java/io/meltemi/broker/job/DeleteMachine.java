package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.Optional;

/**
 * Removes a machine until its provider shows nothing of it; only then its record goes. A create
 * that was interrupted may still be carried out later: its token goes to the sweep list.
 */
final class DeleteMachine implements Step {
  static final String NAME = "delete.machine";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "removes the machine";
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
    Optional<Placed> placed = Placed.of(work.row());
    boolean nowhere =
        placed.isEmpty() || placed.get().asked().isEmpty() && placed.get().handle().isEmpty();
    if (nowhere || Removal.done(Stock.of(work.connector(), work.row()), work.row(), placed.get()))
      return gone(work);
    return work.look("the provider removes the machine");
  }

  private static Next gone(Work work) {
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        "the machine is gone",
        work.onRow((transaction, row) -> {
          Placed.of(row)
              .filter(placed -> placed.asked().isPresent() && placed.handle().isEmpty())
              .ifPresent(
                  placed -> Creating.sweep(transaction, work, row, placed, Optional.empty()));
          work.tools().gone(transaction, row);
        }));
  }

  @Override
  public Next expired(Work work) {
    String reason = "the provider did not confirm that the machine is gone; delete it again";
    return work.end(
        JobState.FAILED, ReturnCode.EXPIRED, reason, work.move(MachineState.ERROR, reason));
  }

  @Override
  public Next stop(Work work) {
    return Acting.stopped(work);
  }
}
