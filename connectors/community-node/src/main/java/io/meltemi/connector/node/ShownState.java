package io.meltemi.connector.node;

import io.meltemi.pivot.MachineState;
import java.util.Optional;

/**
 * The state to show between a wish and the node's word on it: what the node says, unless the node
 * spoke before it knew of the wish.
 */
final class ShownState {
  private ShownState() {}

  static MachineState of(WantedMachine wanted, long number, Optional<ReportedMachine> reported) {
    if (wanted.power() == Power.ABSENT) {
      return MachineState.DELETING;
    }
    if (reported.isEmpty()) {
      return MachineState.CREATING;
    }
    ReportedMachine told = reported.get();
    if (told.number() >= number || told.state().transitional() || fulfilled(wanted, told)) {
      return told.state();
    }
    return onTheWay(wanted, told);
  }

  private static boolean fulfilled(WantedMachine wanted, ReportedMachine told) {
    return switch (wanted.power()) {
      case RUNNING -> told.state() == MachineState.STARTED && told.boots() >= wanted.boots();
      case STOPPED -> told.state() == MachineState.STOPPED;
      case PAUSED -> told.state() == MachineState.PAUSED;
      case SUSPENDED -> told.state() == MachineState.SUSPENDED;
      case ABSENT -> told.absent();
    };
  }

  private static MachineState onTheWay(WantedMachine wanted, ReportedMachine told) {
    return switch (wanted.power()) {
      case RUNNING ->
          told.state() == MachineState.STARTED ? MachineState.STOPPING : MachineState.STARTING;
      case STOPPED -> MachineState.STOPPING;
      case PAUSED -> MachineState.PAUSING;
      case SUSPENDED -> MachineState.SUSPENDING;
      case ABSENT -> MachineState.DELETING;
    };
  }
}
