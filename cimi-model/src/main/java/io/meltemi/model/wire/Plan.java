package io.meltemi.model.wire;

import com.fasterxml.jackson.core.io.SerializedString;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A kind as one face writes and reads it.
 *
 * @param slots common attributes and the kind's own, in the order of declaration
 * @param tail attributes which XML wants after the operations
 * @param names under which the slots are read
 */
record Plan(
    ResourceKind kind,
    Face face,
    SerializedString typeUri,
    SerializedString collectionUri,
    SerializedString items,
    List<Slot> slots,
    List<Slot> tail,
    Names names,
    List<Act> operations) {

  /** An operation with its {@code rel} worked out. */
  record Act(Operation operation, String rel) {}

  static Plan of(ResourceKind kind, Face face, Kinds kinds) {
    List<Slot> slots = new ArrayList<>();
    List<Slot> tail = new ArrayList<>();
    List<Slot> all = new ArrayList<>();
    for (Attribute attribute : kind.attributes(face).values()) {
      Slot slot = Slot.of(attribute, face, kinds);
      boolean late = slot.extension() || (attribute.shape().trailing() && face == Face.CIMI_1);
      (late ? tail : slots).add(slot);
      all.add(slot);
    }
    return new Plan(
        kind,
        face,
        new SerializedString(face.typeUri(kind.name())),
        new SerializedString(face.typeUri(kind.name() + "Collection")),
        new SerializedString(kind.items()),
        List.copyOf(slots),
        List.copyOf(tail),
        Names.of(all),
        acts(kind, face));
  }

  /**
   * True when a reference to it may hold its values instead: it is made by them, of no template.
   */
  boolean byValue() {
    return kind.template().isEmpty();
  }

  private static List<Act> acts(ResourceKind kind, Face face) {
    return kind.operations().stream()
        .filter(operation -> operation.faces().contains(face))
        .map(operation -> new Act(operation, operation.rel(face)))
        .toList();
  }

  /** All plans of a server, by kind. */
  static Map<String, Plan> all(Kinds kinds, Face face) {
    Map<String, Plan> plans = new HashMap<>();
    for (ResourceKind kind : kinds.all()) {
      if (kind.faces().contains(face)) {
        plans.put(kind.name(), of(kind, face, kinds));
      }
    }
    return plans;
  }
}
