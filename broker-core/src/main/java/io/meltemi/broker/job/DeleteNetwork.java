package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.pivot.NetworkState;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes a network. */
final class DeleteNetwork extends Deletion {
  static final String NAME = "delete.network";
  private static final Logger LOG = LoggerFactory.getLogger(DeleteNetwork.class);

  /** A provider refuses as long as something is in the network, of which we need not know. */
  DeleteNetwork() {
    super(NAME, "network", 1);
  }

  @Override
  Next stays(Work work, JobState end, int code, String message) {
    Optional<NetworkObservation> seen =
        seen(work).filter(network -> network.state() != NetworkState.DELETING);
    return work.end(
        end,
        code,
        message,
        work.onRow((tx, row) ->
            seen.ifPresentOrElse(
                network -> work.tools().networks().observed(tx, row, network),
                () -> work.tools().networks().failed(tx, row, message))));
  }

  /** Empty also where the provider does not answer now: the end of the job does not wait for it. */
  private static Optional<NetworkObservation> seen(Work work) {
    try {
      return Placed.of(work.row())
          .flatMap(Placed::handle)
          .flatMap(handle -> work.connector().networks().read(handle))
          .map(NetworkObservation::settled);
    } catch (ConnectorException e) {
      LOG.info("job {}: the provider does not show the network: {}", work.job(), e.getMessage());
      return Optional.empty();
    }
  }
}
