package io.meltemi.broker.job;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.pivot.VolumeState;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes a volume. */
final class DeleteVolume extends Deletion {
  static final String NAME = "delete.volume";
  private static final Logger LOG = LoggerFactory.getLogger(DeleteVolume.class);

  DeleteVolume() {
    super(NAME, "volume", 10);
  }

  @Override
  Next stays(Work work, JobState end, int code, String message) {
    Optional<VolumeObservation> seen =
        seen(work).filter(volume -> volume.state() != VolumeState.DELETING);
    return work.end(
        end,
        code,
        message,
        work.onRow((tx, row) ->
            seen.ifPresentOrElse(
                volume -> work.tools().volumes().observed(tx, row, volume),
                () -> work.tools().volumes().failed(tx, row, message))));
  }

  /** Empty also where the provider does not answer now: the end of the job does not wait for it. */
  private static Optional<VolumeObservation> seen(Work work) {
    try {
      return Attaching.read(work);
    } catch (ConnectorException e) {
      LOG.info("job {}: the volume is not seen now: {}", work.job(), e.getMessage());
      return Optional.empty();
    }
  }
}
