package io.meltemi.pivot;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/**
 * What an order and its tenant say about the place. Empty means: no wish. Where both the tenant and
 * the order name a set, both must hold.
 *
 * @param policy name of the placement policy that ranks, for instance {@code cheapest}
 * @param rules name of the set of match-making rules
 * @param accounts allowed provider accounts, by id or name; empty allows all
 * @param countries allowed countries, ISO 3166-1; empty allows all
 * @param locations allowed location ids; empty allows all
 * @param priceCapPerHour most that an hour may cost
 * @param priceCurrency currency of the cap
 * @param abilities abilities that the place must have
 */
public record Terms(
    Optional<String> policy,
    Optional<String> rules,
    Set<String> accounts,
    Set<String> countries,
    Set<String> locations,
    Optional<BigDecimal> priceCapPerHour,
    Optional<String> priceCurrency,
    Set<Capability> abilities) {

  public static final Terms NONE =
      new Terms(
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Set.of(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Set.of());

  public Terms {
    accounts = Set.copyOf(accounts);
    countries = Set.copyOf(countries);
    locations = Set.copyOf(locations);
    abilities = Set.copyOf(abilities);
  }
}
