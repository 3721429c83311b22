package io.meltemi.broker.door;

import io.meltemi.model.Problem;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Terms;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a tenant says about all its orders.
 *
 * @param terms where its machines may run, and its policy and set of rules
 * @param quota what it may hold at the same time
 */
record TenantRules(Terms terms, Amount quota) {
  /** What order and tenant say together: names of the order first, sets of both must hold. */
  Terms with(Terms order) {
    return new Terms(
        order.policy().or(terms::policy),
        order.rules().or(terms::rules),
        both("accounts", order.accounts(), terms.accounts()),
        both("countries", order.countries(), terms.countries()),
        both("locations", order.locations(), terms.locations()),
        lower(order).priceCapPerHour(),
        lower(order).priceCurrency(),
        union(order),
        fresher(order),
        both("volumeTypes", order.volumeTypes(), terms.volumeTypes()),
        order.ports());
  }

  private Terms lower(Terms order) {
    if (terms.priceCapPerHour().isEmpty() || order.priceCapPerHour().isEmpty()) {
      return order.priceCapPerHour().isPresent() ? order : terms;
    }
    boolean comparable = currency(order).equals(currency(terms));
    if (!comparable) {
      throw contradiction("priceCap", "in " + currency(order), "in " + currency(terms));
    }
    return order.priceCapPerHour().get().compareTo(terms.priceCapPerHour().get()) < 0
        ? order
        : terms;
  }

  /** The shorter of two limits. */
  private Optional<Terms.Freshness> fresher(Terms order) {
    return Stream.of(order, terms)
        .flatMap(each -> each.freshness().stream())
        .min(Comparator.comparing(Terms.Freshness::most));
  }

  private static String currency(Terms some) {
    return some.priceCurrency().orElse("EUR");
  }

  private Set<Capability> union(Terms order) {
    Set<Capability> both = new TreeSet<>(order.abilities());
    both.addAll(terms.abilities());
    return both;
  }

  private static Set<String> both(String term, Set<String> order, Set<String> tenant) {
    if (order.isEmpty() || tenant.isEmpty()) {
      return order.isEmpty() ? tenant : order;
    }
    Set<String> common = new TreeSet<>(order);
    common.retainAll(tenant);
    if (common.isEmpty()) {
      throw contradiction(term, new TreeSet<>(order).toString(), new TreeSet<>(tenant).toString());
    }
    return common;
  }

  private static RuntimeException contradiction(String term, String order, String tenant) {
    return Problem.of(
            409,
            "placement.contradiction",
            "The order asks for " + term + " " + order + ", its tenant allows " + tenant + ".",
            "Ask for what the tenant allows, or ask an operator to change the tenant's rules.")
        .at("placement.terms." + term)
        .asException();
  }
}
