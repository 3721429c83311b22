package io.meltemi.broker.job;

import io.meltemi.broker.place.Lent;
import io.meltemi.broker.place.Placed;
import io.meltemi.connector.AddressObservation;
import io.meltemi.connector.Addresses;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.pivot.MachineOrder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The floating address of a machine: it bears the machine's token and ends with the machine. */
final class Lending {
  private Lending() {}

  /** True when the machine that is being made shall have one, here. */
  static boolean wanted(Work work) {
    return Creating.order(work) instanceof MachineOrder machine
        && switch (machine.floating()) {
          case NONE -> false;
          case WISHED -> Creating.placed(work).floating();
          case DEMANDED -> true;
        };
  }

  /** True when the provider shows nothing of it any more; else it was asked to take it back. */
  static boolean released(Connector connector, Placed placed) {
    if (placed.lent().isEmpty()) return true;
    Addresses addresses = connector.addresses();
    List<Handle> there = there(addresses, placed);
    there.forEach(addresses::release);
    return there.isEmpty();
  }

  /**
   * What the provider shows of it, the one that is known first; lists may be behind. One that does
   * not bear the token any more is somebody else's.
   */
  static List<Handle> there(Addresses addresses, Placed placed) {
    Set<Handle> there = new LinkedHashSet<>();
    placed
        .lent()
        .flatMap(Lent::handle)
        .filter(known ->
            addresses.read(known).flatMap(AddressObservation::token).stream()
                .anyMatch(placed.token()::equals))
        .ifPresent(there::add);
    there.addAll(addresses.find(placed.token()));
    return List.copyOf(there);
  }
}
