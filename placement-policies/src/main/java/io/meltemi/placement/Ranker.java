package io.meltemi.placement;

import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.Price;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A placement policy: which of the admitted offers is best. Found by {@link
 * java.util.ServiceLoader}.
 */
public interface Ranker {
  /** Stable name of the policy, lower case, for instance {@code cheapest}. */
  String name();

  /** One sentence for people who choose. */
  String description();

  /**
   * Ranks one admitted offer from 0 (worst) to 1 (best); of equals the one that stands first in the
   * catalogue wins. A pure function.
   */
  double rank(Order order, Offer offer, Landscape landscape);

  /**
   * What a policy may know beyond the offer.
   *
   * @param admitted all admitted offers, in the order of the catalogue
   * @param running how many machines of the tenant run at a location, by {@link #key}
   * @param currency in which prices are compared: the order's, else that of the first priced offer;
   *     empty when no offer has a price
   */
  record Landscape(List<Offer> admitted, Map<String, Integer> running, Optional<String> currency) {
    public Landscape {
      admitted = List.copyOf(admitted);
      running = Map.copyOf(running);
    }

    /** The landscape of an order. */
    public static Landscape of(Order order, List<Offer> admitted, Map<String, Integer> running) {
      Optional<String> priced =
          admitted.stream()
              .flatMap(offer -> offer.price().stream())
              .map(Price::currency)
              .findFirst();
      return new Landscape(admitted, running, order.terms().priceCurrency().or(() -> priced));
    }

    /** The key of an offer's location in {@link #running}. */
    public static String key(Offer offer) {
      return offer.account() + "/" + offer.location().id();
    }
  }
}
