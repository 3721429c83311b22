package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Observation;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the provider shows the machine up, one way or another. */
final class CreateBuild implements Step {
  static final String NAME = "create.build";
  private static final Logger LOG = LoggerFactory.getLogger(CreateBuild.class);

  /** So many looks a provider may need until it shows what it has named. */
  private static final int BLIND = 12;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "the provider builds the machine";
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
    Handle handle = Creating.placed(work).handle().orElseThrow();
    Optional<Observation> seen = work.connector().machines().read(handle);
    if (seen.isEmpty()) {
      return work.task().attempts() < BLIND
          ? work.look("the provider does not show the machine yet")
          : Creating.nextOffer(work, Fault.UNKNOWN, "lost the machine while building it", true);
    }
    return switch (seen.get().state()) {
      case STARTED, STOPPED, PAUSED, SUSPENDED -> built(work);
      case ERROR, FAILED -> broken(work, seen.get().reason().orElse("failed without a reason"));
      case CREATING, STARTING, STOPPING, PAUSING, SUSPENDING, CAPTURING, RESTORING, DELETING ->
          work.look("the provider builds the machine");
    };
  }

  private static Next built(Work work) {
    return work.go(
        CreateSettle.NAME,
        transaction -> Nested.advance(transaction, work.tools().jobs(), work.job()));
  }

  /** What failed is removed at once, and swept should that not succeed now. */
  static Next broken(Work work, String reason) {
    Placed placed = Creating.placed(work);
    Machines machines = work.connector().machines();
    try {
      placed.handle().ifPresent(machines::delete);
    } catch (ConnectorException e) {
      LOG.info("job {}: a failed machine is left to the sweep: {}", work.job(), e.getMessage());
    }
    return Creating.nextOffer(work, Fault.CAPACITY, reason, true);
  }

  @Override
  public Next expired(Work work) {
    return broken(work, "was not up in time");
  }

  @Override
  public Next stop(Work work) {
    return Creating.stop(work);
  }
}
