package io.meltemi.placement.match;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Price;
import io.meltemi.pivot.Verdict;
import io.meltemi.placement.Matcher;
import java.math.BigDecimal;

/**
 * An hour costs at most the cap. An unknown price, or one in another currency, is above any cap.
 */
public final class PriceMatcher implements Matcher {
  @Override
  public String name() {
    return "price";
  }

  @Override
  public Verdict judge(Order order, Offer offer) {
    if (order.terms().priceCapPerHour().isEmpty()) {
      return Judge.admit(name());
    }
    BigDecimal cap = order.terms().priceCapPerHour().get();
    String currency = order.terms().priceCurrency().orElse("EUR");
    if (offer.cost(order).filter(price -> within(price, cap, currency)).isPresent()) {
      return Judge.admit(name());
    }
    return Judge.refuse(
        name(),
        "at most " + cap.toPlainString() + " " + currency + " an hour",
        offer.cost(order).map(PriceMatcher::words).orElse("price unknown"),
        offer.price().isPresent()
            ? "raise the cap, or name it in the currency of this place"
            : "leave the cap out, or enter a price for this place",
        offer);
  }

  private static boolean within(Price price, BigDecimal cap, String currency) {
    return price.currency().equals(currency) && price.perHour().compareTo(cap) <= 0;
  }

  private static String words(Price price) {
    return price.perHour().toPlainString() + " " + price.currency() + " an hour";
  }
}
