package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored resource of whatever kind. Immutable; so is its document, which nobody changes after it
 * was handed to a row.
 *
 * @param id path below the face, for instance {@code machines/0f3c…}; unique among all rows
 * @param tenant {@link #HOUSE} for the house's rows
 * @param kind name of the resource kind
 * @param parent path of the owning resource; empty at the top
 * @param name empty string when it has none
 * @param state as the kind declares; empty string for kinds without state
 * @param updated time of the last explicit change of attributes (R66)
 * @param generation starts at 1, grows by one with every write
 * @param document attributes beyond those above, and under {@code _} what is ours alone and never
 *     shown
 */
public record Row(
    String id,
    String tenant,
    String kind,
    Optional<String> parent,
    String name,
    String state,
    Instant created,
    Instant updated,
    long generation,
    ObjectNode document) {

  /** The tenant of rows which are the house's. */
  public static final String HOUSE = "house";

  public Row withState(String newState) {
    return new Row(
        id, tenant, kind, parent, name, newState, created, updated, generation, document);
  }

  public Row withDocument(ObjectNode newDocument) {
    return new Row(
        id, tenant, kind, parent, name, state, created, updated, generation, newDocument);
  }

  public Row withName(String newName) {
    return new Row(
        id, tenant, kind, parent, newName, state, created, updated, generation, document);
  }

  public Row touched(Instant at) {
    return new Row(id, tenant, kind, parent, name, state, created, at, generation, document);
  }

  /** What is ours alone: never shown at any door. Change a copy. */
  public ObjectNode inner() {
    return document.path("_") instanceof ObjectNode inner ? inner : document.objectNode();
  }

  public Row withInner(ObjectNode inner) {
    ObjectNode copy = document.deepCopy();
    copy.set("_", inner);
    return withDocument(copy);
  }
}
