package io.meltemi.placement.match;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;
import java.util.Set;
import java.util.TreeSet;

/** The account is among those that tenant and order allow. */
public final class AccountMatcher implements Matcher {
  @Override
  public String name() {
    return "account";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    Set<String> allowed = order.terms().accounts();
    if (allowed.isEmpty() || allowed.contains(offer.account())) {
      return Judge.admit(name());
    }
    return Judge.refuse(
        name(),
        new TreeSet<>(allowed).toString(),
        offer.account(),
        "allow this account in the order's placement terms and in the tenant's",
        offer);
  }
}
