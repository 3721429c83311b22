package io.meltemi.connector.kit;

import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Terms;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Orders that a rig hands out. */
public final class Orders {
  private Orders() {}

  /** A machine with nothing but a size and one guest port, 22. */
  public static MachineOrder plain(String name, int cpu, long memoryKibibytes) {
    return new MachineOrder(
        name,
        cpu,
        memoryKibibytes,
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        "image",
        "image",
        Optional.empty(),
        Optional.empty(),
        List.of(22),
        MachineState.STARTED,
        Terms.NONE);
  }

  static MachineOrder with(
      MachineOrder order, Optional<String> userDataBase64, Optional<MachineOrder.Login> login) {
    return new MachineOrder(
        order.name(),
        order.cpu(),
        order.memoryKibibytes(),
        order.disksKilobytes(),
        order.cpuArchitecture(),
        order.cpuSpeedMegahertz(),
        order.image(),
        order.imageName(),
        userDataBase64,
        login,
        order.guestPorts(),
        order.initialState(),
        order.terms());
  }

  /** The same with these disks. */
  public static MachineOrder with(MachineOrder order, List<Long> disksKilobytes) {
    return new MachineOrder(
        order.name(),
        order.cpu(),
        order.memoryKibibytes(),
        disksKilobytes,
        order.cpuArchitecture(),
        order.cpuSpeedMegahertz(),
        order.image(),
        order.imageName(),
        order.userDataBase64(),
        order.login(),
        order.guestPorts(),
        order.initialState(),
        order.terms());
  }
}
