package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.pivot.NetworkState;
import java.time.Duration;
import java.util.Optional;

/**
 * Removes a network until its provider shows nothing of it; only then its record goes. A create
 * that was interrupted may still be carried out later: its token goes to the sweep list.
 */
final class DeleteNetwork implements Step {
  static final String NAME = "delete.network";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "removes the network";
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
    return work.look("the provider removes the network");
  }

  private static Next gone(Work work) {
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        "the network is gone",
        work.onRow((transaction, row) -> {
          Placed.of(row)
              .filter(placed -> placed.asked().isPresent() && placed.handle().isEmpty())
              .ifPresent(
                  placed -> Creating.sweep(transaction, work, row, placed, Optional.empty()));
          work.tools().gone(transaction, row);
        }));
  }

  /** A provider refuses as long as something is in the network, of which we need not know. */
  @Override
  public Next fault(Work work, ConnectorException fault) {
    return fault.fault() == Fault.BAD_REQUEST
        ? stays(work, JobState.FAILED, ReturnCode.of(fault.fault()), fault.reason())
        : work.again(fault);
  }

  @Override
  public Next expired(Work work) {
    String reason = "the provider did not confirm that the network is gone; delete it again";
    return work.end(
        JobState.FAILED,
        ReturnCode.EXPIRED,
        reason,
        work.onRow((tx, row) -> work.tools().networks().failed(tx, row, reason)));
  }

  @Override
  public Next stop(Work work) {
    return stays(work, JobState.STOPPED, JobRows.GOOD, "its deletion was stopped; delete it again");
  }

  /** The row tells again what the provider shows. What goes on there the watch tells. */
  private static Next stays(Work work, JobState end, int code, String message) {
    Optional<NetworkObservation> seen =
        Placed.of(work.row())
            .flatMap(Placed::handle)
            .flatMap(handle -> work.connector().networks().read(handle))
            .map(NetworkObservation::settled)
            .filter(network -> network.state() != NetworkState.DELETING);
    return work.end(
        end,
        code,
        message,
        work.onRow((tx, row) ->
            seen.ifPresentOrElse(
                network -> work.tools().networks().observed(tx, row, network),
                () -> work.tools().networks().failed(tx, row, message))));
  }
}
