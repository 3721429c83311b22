package io.meltemi.connector.openstack;

import io.meltemi.pivot.MachineState;
import java.util.Locale;
import java.util.Optional;

/** Nova's states in our words. The task, while there is one, says where a server is going. */
final class States {
  private States() {}

  /** Empty for a server that nova shows although it is gone. */
  static Optional<MachineState> of(NovaServer server) {
    String status = server.status().toUpperCase(Locale.ROOT);
    if (status.equals("DELETED") || status.equals("SOFT_DELETED")) {
      return Optional.empty();
    }
    if (status.equals("ERROR")) {
      return Optional.of(
          "deleting".equals(server.task()) ? MachineState.DELETING : MachineState.ERROR);
    }
    Optional<MachineState> going = Optional.ofNullable(server.task()).flatMap(States::going);
    return Optional.of(going.orElseGet(() -> resting(status)));
  }

  private static Optional<MachineState> going(String task) {
    return switch (task.toLowerCase(Locale.ROOT)) {
      case "deleting", "soft-deleting" -> Optional.of(MachineState.DELETING);
      case "powering-off" -> Optional.of(MachineState.STOPPING);
      case "powering-on", "unpausing", "resuming" -> Optional.of(MachineState.STARTING);
      case "pausing" -> Optional.of(MachineState.PAUSING);
      case "suspending" -> Optional.of(MachineState.SUSPENDING);
      case String other when other.startsWith("reboot") -> Optional.of(MachineState.STOPPING);
      case String other when other.startsWith("image_") -> Optional.of(MachineState.CAPTURING);
      default -> Optional.empty();
    };
  }

  private static MachineState resting(String status) {
    return switch (status) {
      case "ACTIVE", "VERIFY_RESIZE", "PASSWORD", "RESCUE" -> MachineState.STARTED;
      case "SHUTOFF", "STOPPED", "SHELVED", "SHELVED_OFFLOADED" -> MachineState.STOPPED;
      case "PAUSED" -> MachineState.PAUSED;
      case "SUSPENDED" -> MachineState.SUSPENDED;
      case "REBOOT", "HARD_REBOOT", "MIGRATING", "RESIZE", "REVERT_RESIZE" -> MachineState.STOPPING;
      case "BUILD", "REBUILD" -> MachineState.CREATING;
      default -> MachineState.ERROR;
    };
  }
}
