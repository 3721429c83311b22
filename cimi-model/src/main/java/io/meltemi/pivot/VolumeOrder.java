package io.meltemi.pivot;

import java.util.Optional;

/**
 * A volume.
 *
 * @param capacityKilobytes size in units of 1000 bytes
 * @param format what somebody wants it formatted with; no place carries that out
 * @param source what it begins with; empty for an empty volume
 */
public record VolumeOrder(
    String name,
    long capacityKilobytes,
    Optional<String> format,
    Optional<Source> source,
    Terms terms)
    implements Order {
  /**
   * A snapshot, which stays where it was taken.
   *
   * @param image our id of the volume image
   * @param imageName its name, for people
   * @param account where it is
   * @param location id of the location where it is
   * @param snapshot the provider's id
   * @param capacityKilobytes of the volume that it was taken of
   */
  public record Source(
      String image,
      String imageName,
      String account,
      String location,
      String snapshot,
      long capacityKilobytes) {}

  public VolumeOrder {
    if (capacityKilobytes < 1) {
      throw new IllegalArgumentException(
          "capacity must be at least 1 kB, was " + capacityKilobytes);
    }
  }

  /** A volume without a format. */
  public VolumeOrder(String name, long capacityKilobytes, Optional<Source> source, Terms terms) {
    this(name, capacityKilobytes, Optional.empty(), source, terms);
  }

  @Override
  public Amount amount() {
    return new Amount(0, 0, 0, capacityKilobytes, 1);
  }
}
