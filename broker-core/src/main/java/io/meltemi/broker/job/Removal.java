package io.meltemi.broker.job;

import io.meltemi.broker.place.Adoption;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks a provider to remove what stands at a place, and looks whether it is gone. */
final class Removal {
  private Removal() {}

  /**
   * True when the provider shows nothing of it any more, nor of the address lent to it; else it was
   * asked to remove it. Where its object is known, others that bear its token are left alone.
   */
  static boolean done(Connector connector, Row row, Placed placed) {
    if (Adoption.is(row)) throw new IllegalStateException(row.id() + " was adopted: not ours");
    boolean removed = removed(Stock.of(connector, row), placed);
    return Lending.released(connector, placed) && removed;
  }

  private static boolean removed(Stock stock, Placed placed) {
    List<Handle> listed = stock.find(placed.token()).stream().filter(placed::mayOwn).toList();
    Set<Handle> there = new LinkedHashSet<>(listed);
    placed.handle().ifPresent(there::add);
    boolean gone = listed.isEmpty();
    for (Handle handle : there) {
      Optional<Stock.Seen> seen = stock.read(handle);
      if (seen.isEmpty()) continue;
      gone = false;
      if (seen.get().progress() != Stock.Progress.LEAVING) stock.delete(handle);
    }
    return gone;
  }
}
