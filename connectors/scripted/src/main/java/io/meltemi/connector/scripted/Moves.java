package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.util.Set;

/** Which action is allowed in which state, and what it does. */
final class Moves {
  private Moves() {}

  /** Throws BAD_REQUEST when the state forbids the action. */
  static void check(ScriptedMachine machine, MachineAction action) {
    if (isThere(machine, action) || from(action).contains(machine.state())) {
      return;
    }
    throw new ConnectorException(
        Fault.BAD_REQUEST,
        "cannot " + action + " machine " + machine.id() + " while it is " + machine.state());
  }

  /** True when the machine is where the action leads, or on its way there; force goes faster. */
  static boolean isThere(ScriptedMachine machine, MachineAction action) {
    return switch (action) {
      case RESTART, FORCE_RESTART -> false;
      case FORCE_STOP -> machine.state() == action.after();
      case START, STOP, PAUSE, SUSPEND ->
          machine.state() == action.after()
              || machine
                  .onTheWay()
                  .flatMap(ScriptedMachine.Next::state)
                  .filter(next -> next == action.after())
                  .isPresent();
    };
  }

  /** True when the guest boots anew. */
  static boolean boots(ScriptedMachine machine, MachineAction action) {
    return switch (action) {
      case RESTART, FORCE_RESTART -> true;
      case START -> machine.state() == MachineState.STOPPED;
      case STOP, FORCE_STOP, PAUSE, SUSPEND -> false;
    };
  }

  private static Set<MachineState> from(MachineAction action) {
    return switch (action) {
      case START -> Set.of(MachineState.STOPPED, MachineState.PAUSED, MachineState.SUSPENDED);
      case STOP -> Set.of(MachineState.STARTED, MachineState.PAUSED, MachineState.SUSPENDED);
      case RESTART, PAUSE, SUSPEND -> Set.of(MachineState.STARTED);
      case FORCE_STOP, FORCE_RESTART ->
          Set.of(
              MachineState.STARTED,
              MachineState.PAUSED,
              MachineState.SUSPENDED,
              MachineState.STOPPING,
              MachineState.ERROR);
    };
  }
}
