package io.meltemi.pivot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A volume.
 *
 * @param capacityKilobytes size in units of 1000 bytes
 * @param type the CIMI type that somebody names; the standard has one only
 * @param source what it begins with; empty for an empty volume
 * @param unmet what else somebody wants of it that no place carries out, by attribute
 */
public record VolumeOrder(
    String name,
    long capacityKilobytes,
    Optional<String> type,
    Optional<Source> source,
    Terms terms,
    Map<String, String> unmet)
    implements Order {
  /**
   * A snapshot, which stays where it was taken.
   *
   * @param image our id of the volume image
   * @param imageName its name, for people
   * @param account where it is
   * @param location id of the location where it is
   * @param type the provider's id of the type of the volume that it was taken of; empty where that
   *     is not known or there is one only
   * @param snapshot the provider's id
   * @param capacityKilobytes of the volume that it was taken of
   */
  public record Source(
      String image,
      String imageName,
      String account,
      String location,
      Optional<String> type,
      String snapshot,
      long capacityKilobytes) {}

  public VolumeOrder {
    if (capacityKilobytes < 1) {
      throw new IllegalArgumentException(
          "capacity must be at least 1 kB, was " + capacityKilobytes);
    }
    unmet = Collections.unmodifiableMap(new LinkedHashMap<>(unmet));
  }

  /** A volume of which nobody wants more. */
  public VolumeOrder(String name, long capacityKilobytes, Optional<Source> source, Terms terms) {
    this(name, capacityKilobytes, Optional.empty(), source, terms, Map.of());
  }

  @Override
  public Amount amount() {
    return new Amount(0, 0, 0, capacityKilobytes, 1);
  }
}
