package io.meltemi.connector.kit;

import io.meltemi.connector.Inventory;
import io.meltemi.connector.Spot;
import io.meltemi.pivot.Amount;

/** What discovery promised for a spot. */
final class Promises {
  private Promises() {}

  /** The size's shape, or the order's own where sizes are free. */
  static Amount shape(Bench bench) {
    Spot spot = bench.rig().spot();
    if (spot.size().isEmpty()) {
      return bench.rig().order("any").amount();
    }
    return bench.connector().discover().sizes().stream()
        .filter(size -> size.id().equals(spot.size()))
        .map(Inventory.Size::shape)
        .findFirst()
        .orElseThrow();
  }
}
