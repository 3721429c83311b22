package io.meltemi.broker.door;

import io.meltemi.broker.store.Store;
import io.meltemi.model.schema.Kinds;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * What every handler needs.
 *
 * @param ids makes names for new resources, unique among all there ever were
 */
public record Desk(Kinds kinds, Store store, Clock clock, Supplier<String> ids) {
  /** Now, as exact as the store keeps it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** A path for a new resource of a collection. */
  String newPath(String collection) {
    return collection + "/" + ids.get();
  }
}
