package io.meltemi.placement.match;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;

/** One machine, or volume, of the offer's size holds what the order asks. */
public final class SizeMatcher implements Matcher {
  @Override
  public String name() {
    return "size";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    return Judge.ofShortages(
        name(),
        Shortage.between(order.amount(), offer.most(order), " at most"),
        "choose a smaller configuration, or a place with larger sizes",
        offer);
  }
}
