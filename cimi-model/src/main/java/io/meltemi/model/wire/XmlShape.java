package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Type;
import java.util.Map;

/**
 * Brings XML into the shape of JSON; whether the values are right is judged later. Lists and maps
 * are read with and without their wrapper in both versions (N 4, N 19). An empty element is null.
 */
final class XmlShape {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, Plan> plans;
  private final Face face;

  XmlShape(Map<String, Plan> plans, Face face) {
    this.plans = plans;
    this.face = face;
  }

  ObjectNode object(Element element, Names names) {
    ObjectNode object = NODES.objectNode();
    element.attributes().forEach(object::put);
    for (Element child : element.children()) {
      Slot slot = isKnown(child.namespace()) ? names.element(child.name()) : null;
      if (slot == null) {
        object.put(
            isKnown(child.namespace()) ? child.name() : child.namespace() + ":" + child.name(),
            child.text());
      } else if (slot.type() instanceof Type.Listing listing) {
        list(object, slot, listing, child);
      } else if (slot.type() instanceof Type.Dictionary) {
        dictionary(object, slot, child);
      } else if (object.has(child.name())) {
        throw Complaint.twice(child.name());
      } else {
        object.set(child.name(), value(slot, slot.type(), child));
      }
    }
    return object;
  }

  private boolean isKnown(String namespace) {
    return namespace.equals(face.namespace()) || namespace.equals(Face.BROKER_1.namespace());
  }

  private JsonNode value(Slot slot, Type type, Element element) {
    boolean blanks = type instanceof Type.Text && !element.text().isEmpty();
    if (element.isEmpty() && !blanks) {
      return NODES.nullNode();
    }
    if (type instanceof Type.Ref ref) {
      Plan plan = plans.get(ref.target());
      return object(element.withoutText(), plan == null ? Names.NONE : plan.names());
    }
    if (type instanceof Type.Struct struct) {
      if (struct.text().isEmpty()) element.withoutText();
      ObjectNode object = object(element, slot.known());
      struct.text().ifPresent(field -> object.put(field, element.text()));
      return object;
    }
    boolean tree = type instanceof Type.Anything || !element.children().isEmpty();
    return tree ? tree(element) : NODES.textNode(element.text());
  }

  private void list(ObjectNode object, Slot slot, Type.Listing listing, Element element) {
    String item = listing.itemName();
    boolean wrapper =
        element.name().equals(slot.name())
            && (!item.equals(slot.name())
                || element.children().stream().anyMatch(child -> child.name().equals(item)));
    if (wrapper && element.isEmpty()) {
      object.putNull(slot.name());
      return;
    }
    ArrayNode items = object.withArray(slot.name());
    if (wrapper) {
      element
          .withoutText()
          .children()
          .forEach(child -> items.add(value(slot, listing.item(), child)));
    } else {
      items.add(value(slot, listing.item(), element));
    }
  }

  private static void dictionary(ObjectNode object, Slot slot, Element element) {
    if (!element.name().equals(slot.name())) {
      entry(object.withObjectProperty(slot.name()), slot, element);
    } else if (element.isEmpty()) {
      object.putNull(slot.name());
    } else {
      ObjectNode entries = object.withObjectProperty(slot.name());
      element.withoutText().children().forEach(child -> entry(entries, slot, child));
    }
  }

  private static void entry(ObjectNode entries, Slot slot, Element element) {
    String key = element.attributes().get("key");
    if (key == null) {
      throw Complaint.missing(slot.name() + "/" + element.name() + "/@key");
    }
    if (entries.has(key)) {
      throw Complaint.twice(slot.name() + "['" + key + "']");
    }
    entries.put(key, element.text());
  }

  private static JsonNode tree(Element element) {
    if (element.children().isEmpty()) {
      return NODES.textNode(element.text());
    }
    if (element.children().stream().allMatch(child -> child.name().equals("item"))) {
      ArrayNode items = NODES.arrayNode();
      element.children().forEach(child -> items.add(tree(child)));
      return items;
    }
    ObjectNode object = NODES.objectNode();
    element.children().forEach(child -> object.set(child.name(), tree(child)));
    return object;
  }
}
