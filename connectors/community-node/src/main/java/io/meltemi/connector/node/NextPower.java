package io.meltemi.connector.node;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.util.Optional;

/** What a machine shall be after an action, given what it shall be and what it is. */
final class NextPower {
  private NextPower() {}

  /** Empty when the machine is already where the action leads, or on its way there. */
  static Optional<WantedMachine> after(
      WantedMachine wanted, MachineState state, MachineAction action) {
    if (wanted.power() == Power.ABSENT) {
      throw forbidden(state, action);
    }
    return switch (action) {
      case START -> start(wanted, state);
      case STOP -> stop(wanted, state, false);
      case FORCE_STOP -> stop(wanted, state, true);
      case RESTART -> Optional.of(wanted.with(Power.RUNNING, wanted.boots() + 1, false));
      case FORCE_RESTART -> Optional.of(wanted.with(Power.RUNNING, wanted.boots() + 1, true));
      case PAUSE -> hold(wanted, state, action, Power.PAUSED, MachineState.PAUSED);
      case SUSPEND -> hold(wanted, state, action, Power.SUSPENDED, MachineState.SUSPENDED);
    };
  }

  /** What is held in memory or on disk goes on; what is off is booted once more. */
  private static Optional<WantedMachine> start(WantedMachine wanted, MachineState state) {
    return switch (wanted.power()) {
      case PAUSED, SUSPENDED ->
          Optional.of(wanted.with(Power.RUNNING, wanted.boots() + (off(state) ? 1 : 0), false));
      case RUNNING -> off(state) ? Optional.of(boot(wanted)) : Optional.empty();
      case STOPPED, ABSENT -> Optional.of(boot(wanted));
    };
  }

  private static WantedMachine boot(WantedMachine wanted) {
    return wanted.with(Power.RUNNING, wanted.boots() + 1, false);
  }

  private static boolean off(MachineState state) {
    return switch (state) {
      case STOPPED, ERROR, FAILED -> true;
      case CREATING,
          STARTING,
          STARTED,
          STOPPING,
          PAUSING,
          PAUSED,
          SUSPENDING,
          SUSPENDED,
          CAPTURING,
          RESTORING,
          DELETING ->
          false;
    };
  }

  private static Optional<WantedMachine> stop(
      WantedMachine wanted, MachineState state, boolean force) {
    boolean done = wanted.power() == Power.STOPPED && (wanted.force() || !force);
    return done || (state == MachineState.STOPPED && wanted.power() != Power.RUNNING)
        ? Optional.empty()
        : Optional.of(wanted.with(Power.STOPPED, wanted.boots(), force));
  }

  private static Optional<WantedMachine> hold(
      WantedMachine wanted,
      MachineState state,
      MachineAction action,
      Power power,
      MachineState end) {
    if (state == end) {
      return Optional.empty();
    }
    boolean possible =
        state == MachineState.STARTED
            || state == action.during()
            || (power == Power.SUSPENDED && state == MachineState.PAUSED);
    if (!possible) {
      throw forbidden(state, action);
    }
    return Optional.of(wanted.with(power, wanted.boots(), false));
  }

  private static ConnectorException forbidden(MachineState state, MachineAction action) {
    return new ConnectorException(
        Fault.BAD_REQUEST, action + " is not possible while the machine is " + state);
  }
}
