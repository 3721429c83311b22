package io.meltemi.broker.job;

import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the new machine to the state in which it was ordered. */
final class CreateSettle implements Step {
  static final String NAME = "create.settle";
  private static final Logger LOG = LoggerFactory.getLogger(CreateSettle.class);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "brings the machine to its initial state";
  }

  @Override
  public int progress() {
    return 80;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().act();
  }

  @Override
  public Next run(Work work) {
    Handle handle = Creating.placed(work).handle().orElseThrow();
    return Absence.or(
        work,
        work.connector().machines().read(handle),
        seen -> seen(work, handle, seen),
        () -> CreateBuild.broken(work, "lost the machine while starting it"));
  }

  private static Next seen(Work work, Handle handle, Observation seen) {
    MachineState wanted = wanted(work);
    MachineState state = seen.state();
    if (state == wanted) return up(work, seen);
    return switch (state) {
      case ERROR, FAILED -> CreateBuild.broken(work, seen.reason().orElse("failed"));
      case CREATING, STARTING, STOPPING, PAUSING, SUSPENDING, CAPTURING, RESTORING, DELETING ->
          work.look("the machine is " + state);
      case STARTED, STOPPED, PAUSED, SUSPENDED -> act(work, handle, state, wanted);
    };
  }

  private static Next act(Work work, Handle handle, MachineState from, MachineState wanted) {
    MachineAction action = from == MachineState.STARTED ? towards(wanted) : MachineAction.START;
    boolean started = from == MachineState.STARTED && !work.memory().has("started");
    if (started) work.memory().put("started", true);
    if (mayAsk(work, action)) {
      work.memory().put("asked", action.name()).put("askedAt", work.now().toString());
      ask(work, handle, action);
    }
    int parts = Mounting.parts(work.memory()) + 1;
    return work.look(
        "brings the machine to " + wanted,
        started && wanted != MachineState.STOPPED
            ? tx -> Nested.reached(tx, work.tools().jobs(), work.job(), parts)
            : Next.nothing());
  }

  /** A new guest has nothing to save: it is stopped without being asked where that is possible. */
  private static void ask(Work work, Handle handle, MachineAction action) {
    try {
      work.connector().machines().act(handle, action);
    } catch (ConnectorException e) {
      if (action != MachineAction.FORCE_STOP || e.fault() != Fault.UNSUPPORTED) throw e;
      work.connector().machines().act(handle, MachineAction.STOP);
    }
  }

  private static boolean mayAsk(Work work, MachineAction action) {
    if (!action.name().equals(work.memory().path("asked").asText())) return true;
    Instant at = Instant.parse(work.memory().path("askedAt").asText());
    return work.now().isAfter(at.plus(PATIENCE));
  }

  private static MachineAction towards(MachineState wanted) {
    return switch (wanted) {
      case PAUSED -> MachineAction.PAUSE;
      case SUSPENDED -> MachineAction.SUSPEND;
      default -> MachineAction.FORCE_STOP;
    };
  }

  /** It is in that state, and the order is carried out. */
  static Next up(Work work, Observation seen) {
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        Creating.ending(work, seen.state().name()),
        work.onRow((transaction, row) -> show(transaction, work, row, seen)));
  }

  private static void show(Transaction transaction, Work work, Row row, Observation seen) {
    work.tools().machines().observed(transaction, row, seen.state(), seen);
  }

  @Override
  public Next fault(Work work, ConnectorException e) {
    return switch (e.fault()) {
      case TRANSIENT, UNKNOWN, CREDENTIALS -> work.again(e);
      case BAD_REQUEST, UNSUPPORTED, QUOTA, CAPACITY ->
          Creating.fail(
              work,
              ReturnCode.of(e.fault()),
              "the machine was made but cannot be brought to its initial state: " + e.reason());
    };
  }

  /** The time may have run out while nobody worked, so there is a last look. */
  @Override
  public Next expired(Work work) {
    try {
      Optional<Observation> seen =
          work.connector().machines().read(Creating.placed(work).handle().orElseThrow());
      if (seen.filter(there -> there.state() == wanted(work)).isPresent()) {
        return up(work, seen.get());
      }
    } catch (ConnectorException e) {
      LOG.info("job {}: its state cannot be told: {}", work.job(), e.getMessage());
    }
    return Creating.fail(
        work, ReturnCode.EXPIRED, work.late("the machine did not reach its initial state in time"));
  }

  /** The state in which it was ordered. */
  static MachineState wanted(Work work) {
    return ((MachineOrder) Creating.order(work)).initialState();
  }

  @Override
  public Next stop(Work work) {
    return Creating.stop(work);
  }
}
