package io.meltemi.placement.match;

import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.placement.Matcher;
import java.util.Set;
import java.util.TreeSet;

/** The place can do what the order needs to be carried out, and what its terms ask. */
public final class AbilityMatcher implements Matcher {
  @Override
  public String name() {
    return "ability";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    Set<Capability> missing = needed(order);
    missing.removeAll(offer.abilities());
    if (offer.abilities().contains(Capability.FREE_SIZE)) {
      missing.remove(Capability.EXTRA_DISK);
    }
    if (missing.isEmpty()) {
      return Judge.admit(name());
    }
    return Judge.refuse(
        name(),
        missing.toString(),
        new TreeSet<>(offer.abilities()).toString(),
        "do without " + missing + ", or choose a place that offers it",
        offer);
  }

  private static Set<Capability> needed(Order order) {
    Set<Capability> needed = new TreeSet<>(order.terms().abilities());
    if (order instanceof MachineOrder machine) {
      needed.addAll(needed(machine));
    }
    if (order instanceof VolumeOrder volume && volume.source().isPresent()) {
      needed.add(Capability.VOLUME_SNAPSHOT);
    }
    if (order instanceof NetworkOrder network && network.cidr().isPresent()) {
      needed.add(Capability.NETWORK_RANGE);
    }
    return needed;
  }

  private static Set<Capability> needed(MachineOrder order) {
    Set<Capability> needed = new TreeSet<>();
    if (order.userDataBase64().isPresent()) {
      needed.add(Capability.USER_DATA);
    }
    if (order.login().flatMap(MachineOrder.Login::publicKey).isPresent()) {
      needed.add(Capability.LOGIN_KEY);
    }
    if (order.initialState() == MachineState.PAUSED) {
      needed.add(Capability.PAUSE);
    }
    if (order.initialState() == MachineState.SUSPENDED) {
      needed.add(Capability.SUSPEND);
    }
    if (!order.disksKilobytes().isEmpty()) {
      needed.add(Capability.EXTRA_DISK);
    }
    if (!order.mounts().isEmpty()) {
      needed.add(Capability.VOLUME_ATTACH);
    }
    if (order.floating() == MachineOrder.Floating.DEMANDED) {
      needed.add(Capability.FLOATING_ADDRESS);
    }
    return needed;
  }
}
