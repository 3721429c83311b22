package io.meltemi.pivot;

import java.util.Optional;

/**
 * Where a provider's offer stands. The levels go from coarse to fine; an unknown level is empty,
 * never guessed.
 *
 * @param id stable within its account, for instance an availability zone
 * @param continent two letters, for instance EU
 * @param country ISO 3166-1 alpha-2, upper case
 * @param site name of the data centre or home
 * @param lan network shared by hosts which fail together
 * @param host one physical machine
 */
public record Location(
    String id,
    Optional<String> continent,
    Optional<String> country,
    Optional<String> site,
    Optional<String> lan,
    Optional<String> host) {

  public Location {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a location needs an id");
    }
    if (country.isPresent() && !country.get().matches("[A-Z]{2}")) {
      throw new IllegalArgumentException(
          "country must be two upper case letters (ISO 3166-1), was " + country.get());
    }
  }

  /** A location of which nothing but its id is known. */
  public static Location named(String id) {
    return new Location(
        id,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public Location inCountry(String code) {
    return new Location(id, continent, Optional.of(code), site, lan, host);
  }
}
