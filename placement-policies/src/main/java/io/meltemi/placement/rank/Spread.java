package io.meltemi.placement.rank;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.placement.Ranker;

/** The fewer machines of the tenant run at a location the better: {@code 1 / (1 + machines)}. */
public final class Spread implements Ranker {
  @Override
  public String name() {
    return "spread";
  }

  @Override
  public String description() {
    return "Takes the location where the fewest machines of the tenant run.";
  }

  @Override
  public double rank(Order order, Offer offer, Landscape landscape) {
    return 1.0 / (1 + landscape.running().getOrDefault(Landscape.key(offer), 0));
  }
}
