package io.meltemi.placement.rank;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.placement.Ranker;

/** All admitted offers are equally good, so the first of the catalogue is taken. */
public final class FirstFit implements Ranker {
  @Override
  public String name() {
    return "first-fit";
  }

  @Override
  public String description() {
    return "Takes the first offer that admits the order: by account and place, smallest size"
        + " first.";
  }

  @Override
  public double rank(Order order, Offer offer, Landscape landscape) {
    return 1;
  }
}
