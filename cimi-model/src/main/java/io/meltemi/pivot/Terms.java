package io.meltemi.pivot;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
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
 * @param freshness how old the facts about a place may be; empty for any age
 * @param volumeTypes allowed types of volumes, by name or by the provider's id; empty allows all
 * @param ports ports of the guest that its place shall make reachable
 */
public record Terms(
    Optional<String> policy,
    Optional<String> rules,
    Set<String> accounts,
    Set<String> countries,
    Set<String> locations,
    Optional<BigDecimal> priceCapPerHour,
    Optional<String> priceCurrency,
    Set<Capability> abilities,
    Optional<Freshness> freshness,
    Set<String> volumeTypes,
    Set<Integer> ports) {

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
    volumeTypes = Set.copyOf(volumeTypes);
    ports = Set.copyOf(ports);
  }

  /** Terms which say nothing of the age of facts, nor of types of volumes or ports. */
  public Terms(
      Optional<String> policy,
      Optional<String> rules,
      Set<String> accounts,
      Set<String> countries,
      Set<String> locations,
      Optional<BigDecimal> priceCapPerHour,
      Optional<String> priceCurrency,
      Set<Capability> abilities) {
    this(
        policy,
        rules,
        accounts,
        countries,
        locations,
        priceCapPerHour,
        priceCurrency,
        abilities,
        Optional.empty(),
        Set.of(),
        Set.of());
  }

  /** The same of volumes of these types. */
  public Terms ofVolumeTypes(Set<String> types) {
    return with(types, ports);
  }

  /** The same with these ports. */
  public Terms opening(Set<Integer> guestPorts) {
    return with(volumeTypes, guestPorts);
  }

  private Terms with(Set<String> types, Set<Integer> guestPorts) {
    return new Terms(
        policy,
        rules,
        accounts,
        countries,
        locations,
        priceCapPerHour,
        priceCurrency,
        abilities,
        freshness,
        types,
        guestPorts);
  }

  /**
   * How old the facts about a place may be.
   *
   * @param most the greatest age that is accepted
   * @param now when the order was read; age is counted from there, so that the same order gives the
   *     same verdict at any time
   */
  public record Freshness(Duration most, Instant now) {
    public Freshness {
      if (most.isNegative() || most.isZero())
        throw new IllegalArgumentException("no age is " + most);
    }

    /** The age of a fact in whole seconds; nothing for one that is younger than the order. */
    public Duration age(Instant observed) {
      return Duration.ofSeconds(Math.max(0, Duration.between(observed, now).toSeconds()));
    }

    /** True when such a fact is too old. */
    public boolean refuses(Instant observed) {
      return observed.plus(most).isBefore(now);
    }
  }
}
