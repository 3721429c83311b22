package io.meltemi.pivot;

import java.util.List;

/** Several orders which are placed together. */
public record SystemOrder(String name, List<Order> parts, Terms terms) implements Order {
  public SystemOrder {
    parts = List.copyOf(parts);
  }

  @Override
  public Amount amount() {
    return parts.stream().map(Order::amount).reduce(Amount.NONE, Amount::plus);
  }
}
