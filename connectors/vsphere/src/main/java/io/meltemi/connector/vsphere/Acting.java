package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.GuestWish;
import io.meltemi.connector.vsphere.vim.VCenter.Undertaking;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;

/** Actions. A vCenter refuses what is done already; the SPI wants that to be harmless. */
final class Acting {
  private final VCenter vcenter;
  private final Sight sight;

  Acting(VCenter vcenter, Sight sight) {
    this.vcenter = vcenter;
    this.sight = sight;
  }

  void act(Handle machine, MachineAction action) {
    if (action == MachineAction.PAUSE) {
      throw new ConnectorException(Fault.UNSUPPORTED, "vSphere cannot pause, it can suspend");
    }
    Seen before = sight.one(machine).orElseThrow(() -> unknown(machine));
    if (before.handle().isEmpty()) {
      throw new ConnectorException(Fault.BAD_REQUEST, "the machine is still being cloned");
    }
    if (done(before.state(), action)) {
      return;
    }
    try {
      ask(before, action);
    } catch (ConnectorException e) {
      boolean late = Faults.is(e, "InvalidPowerState", "TaskInProgress");
      if (!late || !sight.one(machine).filter(now -> done(now.state(), action)).isPresent()) {
        throw e;
      }
    }
  }

  static ConnectorException unknown(Handle machine) {
    return new ConnectorException(
        Fault.BAD_REQUEST, "no virtual machine has the instance UUID " + machine.value());
  }

  private static boolean done(MachineState now, MachineAction action) {
    return switch (action) {
      case RESTART, FORCE_RESTART -> false;
      case START, STOP, FORCE_STOP, PAUSE, SUSPEND ->
          now == action.after() || now == action.during();
    };
  }

  private void ask(Seen machine, MachineAction action) {
    switch (action) {
      case START -> begin(machine, Undertaking.POWER_ON);
      case FORCE_STOP -> begin(machine, Undertaking.POWER_OFF);
      case FORCE_RESTART -> begin(machine, Undertaking.RESET);
      case SUSPEND, PAUSE -> begin(machine, Undertaking.SUSPEND);
      case STOP -> wish(machine, GuestWish.SHUT_DOWN);
      case RESTART -> wish(machine, GuestWish.REBOOT);
    }
  }

  private void begin(Seen machine, Undertaking undertaking) {
    Builds.early(vcenter, vcenter.begin(machine.ref(), undertaking))
        .ifPresent(error -> {
          throw Faults.of(error, Fault.UNKNOWN);
        });
  }

  /** The guest is asked by its tools. Where they are installed they may still be starting. */
  private void wish(Seen machine, GuestWish wish) {
    try {
      vcenter.ask(machine.ref(), wish);
    } catch (ConnectorException e) {
      if (!Faults.is(e, "ToolsUnavailable")) {
        throw e;
      }
      if (machine.vm().text("guest.toolsVersionStatus2").equals("guestToolsNotInstalled")) {
        throw new ConnectorException(
            Fault.BAD_REQUEST, e.reason() + ": the guest has no VMware Tools; use force", e);
      }
      throw new ConnectorException(
          Fault.TRANSIENT, e.reason() + ": the VMware Tools of the guest do not run", e);
    }
  }
}
