package io.meltemi.placement.match;

import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;
import java.util.Optional;

/** The processor is of the kind that the order asks; an unknown one is not taken for it. */
public final class ArchitectureMatcher implements Matcher {
  @Override
  public String name() {
    return "architecture";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    Optional<String> wanted =
        order instanceof MachineOrder machine ? machine.cpuArchitecture() : Optional.empty();
    if (wanted.isEmpty() || wanted.equals(offer.cpuArchitecture())) {
      return Judge.admit(name());
    }
    return Judge.refuse(
        name(),
        wanted.get(),
        offer.cpuArchitecture().orElse("unknown"),
        "leave cpuArch out, or choose a place with this processor",
        offer);
  }
}
