package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.pivot.MachineState;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A virtual machine as a vCenter shows it.
 *
 * @param doing what its running tasks are called, for instance {@code VirtualMachine.powerOn}
 */
record Seen(Facts vm, Set<String> doing) {
  private static final String[] PATHS = {
    "name",
    "config.instanceUuid",
    "config.template",
    "config.changeVersion",
    "config.modified",
    "runtime.powerState",
    "runtime.connectionState",
    "summary.config.numCpu",
    "summary.config.memorySizeMB",
    "guest.net",
    "guest.toolsVersionStatus2",
    "recentTask"
  };

  /** It goes by different names, by which snapshot it leads to. */
  private static final Pattern REVERT = Pattern.compile("[rR]evert");

  static boolean isRevert(String task) {
    return REVERT.matcher(task).find();
  }

  static String[] paths() {
    return PATHS.clone();
  }

  Ref ref() {
    return vm.ref();
  }

  String name() {
    return vm.text("name");
  }

  /** Empty while it is being made: a vCenter shows no configuration until then. */
  Optional<Handle> handle() {
    return Optional.of(vm.text("config.instanceUuid")).filter(id -> !id.isEmpty()).map(Handle::new);
  }

  /** Another one whenever its settings have changed; a simulator knows the time of that only. */
  String version() {
    return vm.text("config.changeVersion") + " " + vm.text("config.modified");
  }

  boolean template() {
    return vm.flag("config.template");
  }

  boolean removing() {
    return doing.contains("VirtualMachine.destroy");
  }

  /** The state of a machine that is made. A running task tells where it is going. */
  MachineState state() {
    if (removing()) {
      return MachineState.DELETING;
    }
    for (String task : doing) {
      switch (task) {
        case "VirtualMachine.powerOn", "Datacenter.ExecuteVmPowerOnLRO" -> {
          return MachineState.STARTING;
        }
        case "VirtualMachine.powerOff", "VirtualMachine.reset" -> {
          return MachineState.STOPPING;
        }
        case "VirtualMachine.suspend" -> {
          return MachineState.SUSPENDING;
        }
        case "VirtualMachine.clone" -> {
          return MachineState.CAPTURING;
        }
        default -> {}
      }
      if (isRevert(task)) {
        return MachineState.RESTORING;
      }
    }
    return resting();
  }

  private MachineState resting() {
    return trouble().isPresent()
        ? MachineState.ERROR
        : switch (vm.text("runtime.powerState")) {
          case "poweredOn" -> MachineState.STARTED;
          case "poweredOff" -> MachineState.STOPPED;
          case "suspended" -> MachineState.SUSPENDED;
          default -> MachineState.ERROR;
        };
  }

  /** Why nothing can be done with the machine. A host that is away may come back as it was. */
  Optional<String> trouble() {
    return switch (vm.text("runtime.connectionState")) {
      case "inaccessible" -> Optional.of("the machine's files cannot be reached (inaccessible)");
      case "invalid" -> Optional.of("the machine's configuration cannot be read (invalid)");
      case "orphaned" -> Optional.of("no host has the machine any more (orphaned)");
      default -> Optional.empty();
    };
  }
}
