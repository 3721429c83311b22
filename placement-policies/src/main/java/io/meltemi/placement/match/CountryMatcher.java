package io.meltemi.placement.match;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;
import java.util.Set;
import java.util.TreeSet;

/** The country is among those allowed; an unknown country is not. */
public final class CountryMatcher implements Matcher {
  @Override
  public String name() {
    return "country";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    Set<String> allowed = order.terms().countries();
    if (allowed.isEmpty() || offer.location().country().filter(allowed::contains).isPresent()) {
      return Judge.admit(name());
    }
    return Judge.refuse(
        name(),
        new TreeSet<>(allowed).toString(),
        offer.location().country().orElse("unknown"),
        "allow this country in the order's placement terms and in the tenant's",
        offer);
  }
}
