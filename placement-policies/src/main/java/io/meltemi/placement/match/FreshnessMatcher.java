package io.meltemi.placement.match;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;

/** The facts about the place are no older than order and tenant accept. */
public final class FreshnessMatcher implements Matcher {
  @Override
  public String name() {
    return "freshness";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    return order
        .terms()
        .freshness()
        .filter(wanted -> wanted.refuses(offer.observed()))
        .map(wanted -> refused(wanted, offer))
        .orElseGet(() -> Judge.admit(name()));
  }

  private Verdict refused(Terms.Freshness wanted, Offer offer) {
    return Judge.refuse(
        name(),
        "facts of age " + wanted.most() + " at most",
        "facts of age " + wanted.age(offer.observed()),
        "have accounts/"
            + offer.account()
            + " rediscovered (its operation discover), or accept"
            + " older facts",
        offer);
  }
}
