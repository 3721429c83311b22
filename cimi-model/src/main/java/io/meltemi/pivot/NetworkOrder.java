package io.meltemi.pivot;

import java.util.Optional;

/**
 * A network.
 *
 * @param cidr address range wanted, for instance {@code 10.0.0.0/24}; empty leaves it to the place
 */
public record NetworkOrder(String name, Optional<String> cidr, Terms terms) implements Order {
  @Override
  public Amount amount() {
    return Amount.NONE;
  }
}
