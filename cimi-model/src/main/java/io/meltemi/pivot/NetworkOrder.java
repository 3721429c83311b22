package io.meltemi.pivot;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A network of one's own.
 *
 * @param cidr address range wanted, for instance {@code 10.0.0.0/24}; empty leaves it to the place
 * @param mtu largest packet in bytes that somebody wants; no place carries that out
 * @param classOfService what somebody wants of its quality; no place carries that out
 */
public record NetworkOrder(
    String name,
    Optional<String> cidr,
    OptionalLong mtu,
    Optional<String> classOfService,
    Terms terms)
    implements Order {

  /** A network of which only the range matters. */
  public NetworkOrder(String name, Optional<String> cidr, Terms terms) {
    this(name, cidr, OptionalLong.empty(), Optional.empty(), terms);
  }

  @Override
  public Amount amount() {
    return Amount.NONE;
  }
}
