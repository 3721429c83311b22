package io.meltemi.broker.job;

import io.meltemi.connector.VolumeObservation;
import io.meltemi.pivot.VolumeState;
import java.util.Optional;

/** Removes a volume. */
final class DeleteVolume extends Deletion {
  static final String NAME = "delete.volume";

  DeleteVolume() {
    super(NAME, "volume");
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
