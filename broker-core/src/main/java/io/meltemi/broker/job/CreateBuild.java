package io.meltemi.broker.job;

import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.pivot.NetworkOrder;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the provider shows what was ordered, one way or another. */
final class CreateBuild implements Step {
  static final String NAME = "create.build";
  private static final Logger LOG = LoggerFactory.getLogger(CreateBuild.class);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "the provider builds it";
  }

  @Override
  public int progress() {
    return 40;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().build();
  }

  @Override
  public Next run(Work work) {
    Row row = work.row();
    Handle handle = Creating.placed(work).handle().orElseThrow();
    return Absence.or(
        work,
        Stock.of(work.connector(), row).read(handle),
        seen -> seen(work, row, handle, seen),
        () -> Creating.nextOffer(work, Fault.UNKNOWN, "was lost while it was built", true));
  }

  private static Next seen(Work work, Row row, Handle handle, Stock.Seen seen) {
    return switch (seen.progress()) {
      case READY -> ready(work, seen);
      case BROKEN -> broken(work, seen.reason().orElse("failed without a reason"));
      case BUILDING -> building(work, row, handle);
      case LEAVING -> work.look("the provider builds it");
    };
  }

  private static Next ready(Work work, Stock.Seen seen) {
    return switch (seen) {
      case Stock.Seen.Volume volume -> made(work, volume.shown());
      case Stock.Seen.Network network -> joinable(work, network.shown());
      case Stock.Seen.Machine machine -> Mounting.begin(work, machine.shown());
    };
  }

  /** A network may need more calls than one. */
  private static Next building(Work work, Row row, Handle handle) {
    if (row.kind().equals(NetworkBook.KIND)) {
      work.connector().networks().finish(handle, (NetworkOrder) Creating.order(work));
    }
    return work.look("the provider builds it");
  }

  private static Next joinable(Work work, NetworkObservation seen) {
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        Creating.ending(work, seen.state().name()),
        work.onRow((tx, row) -> work.tools().networks().observed(tx, row, seen)));
  }

  /** What cannot be finished for sure is given up. */
  @Override
  public Next fault(Work work, ConnectorException fault) {
    boolean network = work.row().kind().equals(NetworkBook.KIND);
    return switch (network ? fault.fault() : Fault.TRANSIENT) {
      case BAD_REQUEST -> Creating.fail(work, ReturnCode.of(fault.fault()), fault.reason());
      case QUOTA, CAPACITY, UNSUPPORTED -> broken(work, fault.reason());
      case TRANSIENT, UNKNOWN, CREDENTIALS -> work.again(fault);
    };
  }

  /** A volume needs nothing more, unless it is made for a machine. */
  private static Next made(Work work, VolumeObservation seen) {
    Consumer<Transaction> shown =
        work.onRow((tx, row) -> work.tools().volumes().observed(tx, row, seen));
    if (Mounting.focus(work.memory()).isPresent()) return Mounting.made(work, shown);
    String ending = Creating.ending(work, seen.state().name());
    return work.end(JobState.SUCCESS, JobRows.GOOD, ending, shown);
  }

  /** What failed is removed at once, and swept should that not succeed now. */
  static Next broken(Work work, String reason) {
    Placed placed = Creating.placed(work);
    Stock stock = Stock.of(work.connector(), work.row());
    try {
      placed.handle().ifPresent(stock::delete);
    } catch (ConnectorException e) {
      LOG.info("job {}: what failed is left to the sweep: {}", work.job(), e.getMessage());
    }
    return Creating.nextOffer(work, Fault.CAPACITY, reason, true);
  }

  /** The time may have run out while nobody worked, so there is a last look. */
  @Override
  public Next expired(Work work) {
    Row row = work.row();
    Handle handle = Creating.placed(work).handle().orElseThrow();
    try {
      Optional<Stock.Seen> seen = Stock.of(work.connector(), row).read(handle);
      if (seen.filter(there -> there.progress() == Stock.Progress.READY).isPresent()) {
        return ready(work, seen.get());
      }
    } catch (ConnectorException e) {
      LOG.info("job {}: whether it is up cannot be told: {}", work.job(), e.getMessage());
    }
    return broken(work, work.late("was not up in time"));
  }

  @Override
  public Next stop(Work work) {
    return Creating.stop(work);
  }
}
