package io.meltemi.placement.match;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;
import java.util.Set;
import java.util.TreeSet;

/** The location is among those that the order allows. */
public final class LocationMatcher implements Matcher {
  @Override
  public String name() {
    return "location";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    Set<String> allowed = order.terms().locations();
    if (allowed.isEmpty() || allowed.contains(offer.location().id())) {
      return Judge.admit(name());
    }
    return Judge.refuse(
        name(),
        new TreeSet<>(allowed).toString(),
        offer.location().id(),
        "allow this location in the order's placement terms",
        offer);
  }
}
