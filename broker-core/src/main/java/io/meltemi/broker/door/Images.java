package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.schema.Type;
import java.util.List;
import java.util.Optional;

/** Finds the image that an order means. */
final class Images {
  static final String KIND = "MachineImage";

  private final Store store;
  private final Checks checks;

  Images(Store store, Checks checks) {
    this.store = store;
    this.checks = checks;
  }

  /**
   * The image's row: referred to, or given by value with the {@code imageLocation} of a known one.
   */
  Row meant(Caller caller, JsonNode given, String field) {
    if (!(given instanceof ObjectNode node)) {
      throw Checks.missing(field);
    }
    Row row = node.has("href") ? referred(caller, node, field) : located(caller, node, field);
    if (SnapshotBook.is(row)) {
      throw Refusals.attribute(
          "value",
          field,
          row.id() + " is a snapshot, which can restore its own machine and make no other.",
          "Choose an image of type IMAGE; 'capture' makes one of a machine.");
    }
    if (!row.state().equals("AVAILABLE")) throw unavailable(row, field);
    return row;
  }

  static ProblemException unavailable(Row image, String field) {
    return Problem.of(
            409,
            "image.not-available",
            "The image " + image.name() + " is " + image.state() + ".",
            "Wait until it is AVAILABLE, or choose another image.")
        .at(field)
        .asException();
  }

  private Row referred(Caller caller, ObjectNode node, String field) {
    String href = node.path("href").asText();
    return checks
        .referred(caller, new Type.Ref(KIND), href, field + ".href")
        .orElseThrow(() -> Refusals.reference(field, href));
  }

  private Row located(Caller caller, ObjectNode node, String field) {
    String location = node.path("imageLocation").asText("");
    if (location.isEmpty()) {
      throw Checks.missing(field + ".imageLocation");
    }
    return store
        .list(
            caller.tenant(),
            KIND,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            0,
            Integer.MAX_VALUE)
        .rows()
        .stream()
        .filter(row -> location(row).equals(location))
        .findFirst()
        .orElseThrow(() -> Refusals.reference(field + ".imageLocation", location));
  }

  /**
   * Where the image is. One that its provider knows, and nobody else by address, has a name there.
   */
  static String location(Row image) {
    String known = image.document().path("imageLocation").asText("");
    return known.isEmpty() ? "urn:meltemi:" + image.id().replace('/', ':') : known;
  }
}
