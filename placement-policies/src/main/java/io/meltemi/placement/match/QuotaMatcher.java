package io.meltemi.placement.match;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;

/** The provider account may still use what the order would take. */
public final class QuotaMatcher implements Matcher {
  @Override
  public String name() {
    return "quota";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    return Judge.ofShortages(
        name(),
        Shortage.between(offer.taken(order), offer.quotaLeft(), " left in the account's quota"),
        "delete machines or volumes of the account, or have its quota raised",
        offer);
  }
}
