package io.meltemi.placement.match;

import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Mount;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;
import java.util.List;

/** The volumes that the machine shall get are there already. Those to be made are judged apart. */
public final class VolumesMatcher implements Matcher {
  @Override
  public String name() {
    return "volumes";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    if (!(order instanceof MachineOrder machine)) {
      return Judge.admit(name());
    }
    List<Mount.Existing> elsewhere =
        machine.mounts().stream()
            .filter(Mount.Existing.class::isInstance)
            .map(Mount.Existing.class::cast)
            .filter(there -> !isHere(there, offer))
            .toList();
    if (elsewhere.isEmpty()) {
      return Judge.admit(name());
    }
    return Judge.refuse(
        name(),
        String.join(", ", elsewhere.stream().map(VolumesMatcher::place).toList()),
        offer.account() + ", " + offer.location().id(),
        "leave the volume out, or let the machine run where the volume is",
        offer);
  }

  private static boolean isHere(Mount.Existing volume, Offer offer) {
    return volume.account().equals(offer.account())
        && volume.location().equals(offer.location().id());
  }

  private static String place(Mount.Existing volume) {
    return volume.name() + " at " + volume.account() + ", " + volume.location();
  }
}
