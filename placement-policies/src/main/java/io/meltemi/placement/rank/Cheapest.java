package io.meltemi.placement.rank;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.placement.Ranker;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/**
 * The lower the price the better: {@code 1 / (1 + price per hour)}. Unknown prices come last, and
 * so do prices in another currency than the landscape's, for they cannot be compared.
 */
public final class Cheapest implements Ranker {
  @Override
  public String name() {
    return "cheapest";
  }

  @Override
  public String description() {
    return "Takes the offer with the lowest known price; offers without a price come last.";
  }

  @Override
  public double rank(Order order, Offer offer, Landscape landscape) {
    return offer
        .cost(order)
        .filter(price -> landscape.currency().equals(Optional.of(price.currency())))
        .map(price ->
            BigDecimal.ONE.divide(BigDecimal.ONE.add(price.perHour()), MathContext.DECIMAL64))
        .map(BigDecimal::doubleValue)
        .orElse(0.0);
  }
}
