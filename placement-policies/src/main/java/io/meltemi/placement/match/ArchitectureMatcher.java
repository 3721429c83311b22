package io.meltemi.placement.match;

import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;

/** The processor is of the kind that the order asks; an unknown one is not taken for it. */
public final class ArchitectureMatcher implements Matcher {
  @Override
  public String name() {
    return "architecture";
  }

  @Override
  public Verdict judge(MachineOrder order, Offer offer) {
    if (order.cpuArchitecture().isEmpty()
        || order.cpuArchitecture().equals(offer.cpuArchitecture())) {
      return Judge.admit(name());
    }
    return Judge.refuse(
        name(),
        order.cpuArchitecture().get(),
        offer.cpuArchitecture().orElse("unknown"),
        "leave cpuArch out, or choose a place with this processor",
        offer);
  }
}
