package io.meltemi.placement.match;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;

/** The location has room now for what the order would take there. */
public final class CapacityMatcher implements Matcher {
  @Override
  public String name() {
    return "capacity";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    return Judge.ofWhatIsLeft(
        name(),
        Shortage.between(offer.taken(order), offer.free(), " free"),
        "delete machines or volumes there, ask for less, or wait until there is room",
        offer);
  }
}
