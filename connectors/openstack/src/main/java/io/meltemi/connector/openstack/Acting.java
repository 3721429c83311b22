package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.util.Optional;
import org.jclouds.openstack.nova.v2_0.domain.RebootType;

/** Actions on servers. Nova refuses what is done already; the SPI wants that to be harmless. */
final class Acting {
  private final Nova nova;
  private final Servers servers;

  Acting(Nova nova, Servers servers) {
    this.nova = nova;
    this.servers = servers;
  }

  void act(Handle machine, MachineAction action) {
    MachineState before = state(machine).orElseThrow(() -> unknown(machine));
    if (done(before, action)) {
      return;
    }
    try {
      Faults.changing(() -> ask(machine.value(), action, before));
    } catch (ConnectorException e) {
      boolean conflict = e.fault() == Fault.BAD_REQUEST;
      if (!conflict || !state(machine).filter(now -> done(now, action)).isPresent()) {
        throw e;
      }
    }
  }

  private Optional<MachineState> state(Handle machine) {
    return Faults.asking(() -> servers.one(machine)).flatMap(States::of);
  }

  private static ConnectorException unknown(Handle machine) {
    return new ConnectorException(
        Fault.BAD_REQUEST, "Instance " + machine.value() + " could not be found.");
  }

  private static boolean done(MachineState now, MachineAction action) {
    return switch (action) {
      case RESTART, FORCE_RESTART -> false;
      case START, STOP, FORCE_STOP, PAUSE, SUSPEND ->
          now == action.after() || now == action.during();
    };
  }

  private void ask(String id, MachineAction action, MachineState before) {
    switch (action) {
      case START -> nova.gaps().act(nova.region(), id, waking(before));
      case STOP, FORCE_STOP -> nova.gaps().act(nova.region(), id, "os-stop");
      case PAUSE -> nova.gaps().act(nova.region(), id, "pause");
      case SUSPEND -> nova.gaps().act(nova.region(), id, "suspend");
      case RESTART -> nova.api().getServerApi(nova.region()).reboot(id, RebootType.SOFT);
      case FORCE_RESTART -> nova.api().getServerApi(nova.region()).reboot(id, RebootType.HARD);
    }
  }

  private static String waking(MachineState before) {
    return switch (before) {
      case PAUSED -> "unpause";
      case SUSPENDED -> "resume";
      default -> "os-start";
    };
  }
}
