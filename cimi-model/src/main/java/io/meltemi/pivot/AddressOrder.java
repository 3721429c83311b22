package io.meltemi.pivot;

/**
 * An address that can be reached from outside.
 *
 * @param network our id of the network it belongs to
 */
public record AddressOrder(String name, String network, Terms terms) implements Order {
  @Override
  public Amount amount() {
    return Amount.NONE;
  }
}
