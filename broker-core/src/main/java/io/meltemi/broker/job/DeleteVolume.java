package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.pivot.VolumeState;
import java.time.Duration;
import java.util.Optional;

/**
 * Removes a volume until its provider shows nothing of it; only then its record goes. A create that
 * was interrupted may still be carried out later: its token goes to the sweep list.
 */
final class DeleteVolume implements Step {
  static final String NAME = "delete.volume";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "removes the volume";
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
    if (nowhere || Removal.done(Stock.of(work.connector(), work.row()), work.row(), placed.get())) {
      return gone(work);
    }
    return work.look("the provider removes the volume");
  }

  private static Next gone(Work work) {
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        "the volume is gone",
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
    String reason = "the provider did not confirm that the volume is gone; delete it again";
    return work.end(
        JobState.FAILED,
        ReturnCode.EXPIRED,
        reason,
        work.onRow((tx, row) -> work.tools().volumes().failed(tx, row, reason)));
  }

  /** What is under way at the provider goes on; the watch tells when it has ended. */
  @Override
  public Next stop(Work work) {
    Optional<VolumeObservation> seen = Attaching.read(work);
    return work.end(
        JobState.STOPPED,
        JobRows.GOOD,
        "its deletion was stopped; delete it again",
        work.onRow((tx, row) ->
            seen.filter(volume -> volume.state() != VolumeState.DELETING)
                .ifPresentOrElse(
                    volume -> work.tools().volumes().observed(tx, row, volume),
                    () -> work.tools().volumes().failed(tx, row, "its deletion was stopped"))));
  }
}
