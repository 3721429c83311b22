package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.store.Row;
import io.meltemi.pivot.Capability;
import java.util.Optional;
import java.util.Set;

/** What can be done with what stands at a place. */
final class Abilities {
  private Abilities() {}

  /**
   * Those of the place where it stands, whatever sizes and types are offered there by now; empty
   * when the place is not known now.
   */
  static Optional<Set<Capability>> of(Row row, Catalog catalog) {
    JsonNode placed = row.inner().path("placed");
    return catalog.at(placed.path("account").asText(), placed.path("location").asText());
  }
}
