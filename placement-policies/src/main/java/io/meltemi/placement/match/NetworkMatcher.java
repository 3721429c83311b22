package io.meltemi.placement.match;

import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Nic;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;
import java.util.List;

/** The machine can have all its cards at the place, in the networks that are chosen for them. */
public final class NetworkMatcher implements Matcher {
  @Override
  public String name() {
    return "network";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    if (!(order instanceof MachineOrder machine)) {
      return Judge.admit(name());
    }
    List<Nic> missing =
        machine.nics().stream()
            .filter(nic -> !offer.networks().containsKey(nic.network()))
            .toList();
    if (missing.isEmpty()) {
      return enough(machine.nics().size(), offer);
    }
    return Judge.refuse(
        name(),
        String.join(
            ", ", missing.stream().map(nic -> nic.name() + " of " + nic.account()).toList()),
        offered(offer.networks().size()),
        "choose networks of one place, or leave the choice to the place",
        offer);
  }

  private Verdict enough(int cards, Offer offer) {
    return cards <= offer.mostCards()
        ? Judge.admit(name())
        : Judge.refuse(
            name(),
            cards + " cards",
            "a machine has at most " + offer.mostCards() + " here",
            "name no more networks than " + offer.mostCards() + ", or choose another place",
            offer);
  }

  private static String offered(int open) {
    return switch (open) {
      case 0 -> "no network can be chosen here";
      case 1 -> "one network can be chosen here";
      default -> open + " networks can be chosen here";
    };
  }
}
