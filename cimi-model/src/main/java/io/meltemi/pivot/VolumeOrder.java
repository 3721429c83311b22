package io.meltemi.pivot;

/**
 * A volume.
 *
 * @param capacityKilobytes size in units of 1000 bytes
 */
public record VolumeOrder(String name, long capacityKilobytes, Terms terms) implements Order {
  public VolumeOrder {
    if (capacityKilobytes < 1) {
      throw new IllegalArgumentException(
          "capacity must be at least 1 kB, was " + capacityKilobytes);
    }
  }
}
