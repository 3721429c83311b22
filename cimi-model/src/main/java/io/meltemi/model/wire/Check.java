package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings a body into the form that the broker knows: names and types as declared, references as
 * paths, read-only attributes gone. Says where the first mistake is.
 */
final class Check {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** What every resource shows and nobody can set. */
  private static final Set<String> SHOWN =
      Set.of("id", "resourceURI", "resourceType", "operations", "operation");

  private final Map<String, Plan> plans;
  private final References references;
  private final Values values;

  Check(Map<String, Plan> plans, References references) {
    this.plans = plans;
    this.references = references;
    this.values = new Values(references);
  }

  /**
   * @param path where the object stands: empty at the top, else ended by a dot
   */
  ObjectNode object(ObjectNode raw, Names names, Rule rule, String path) {
    ObjectNode result = NODES.objectNode();
    for (Map.Entry<String, JsonNode> each : raw.properties()) {
      if (!SHOWN.contains(each.getKey())) {
        Slot slot = names.member(each.getKey());
        if (slot == null) {
          throw Complaint.unknown(path + each.getKey(), each.getKey(), names.taken(rule));
        }
        member(result, slot, each.getValue(), rule, path + each.getKey());
      }
    }
    for (Slot slot : names.members().values()) {
      if (rule.needs().test(slot.attribute()) && !result.has(slot.name())) {
        throw Complaint.missing(path + slot.name());
      }
    }
    return result;
  }

  private void member(ObjectNode result, Slot slot, JsonNode value, Rule rule, String field) {
    Attribute attribute = slot.attribute();
    if (rule.refuses().test(attribute)) {
      throw rule.takes().test(attribute)
          ? Complaint.notSelected(field)
          : Complaint.misplaced(field);
    }
    if (!rule.takes().test(attribute)) {
      return;
    }
    if (result.has(slot.name())) {
      throw Complaint.twice(field);
    }
    if (standsForNone(attribute, value)) {
      return;
    }
    if (value.isNull()) {
      if (rule.erases()) {
        result.putNull(slot.name());
      }
      return;
    }
    result.set(slot.name(), value(slot, slot.type(), value, field));
  }

  /** What is shown where there is no value comes back as none. */
  private static boolean standsForNone(Attribute attribute, JsonNode value) {
    String otherwise = attribute.shape().otherwise();
    return !otherwise.isEmpty() && value.asText().strip().equals(otherwise);
  }

  private JsonNode value(Slot slot, Type type, JsonNode value, String field) {
    if (type instanceof Type.Ref ref) {
      return reference(slot, ref, value, field);
    }
    if (type instanceof Type.Listing listing) {
      return list(slot, listing, value, field);
    }
    if (type instanceof Type.Dictionary) {
      return dictionary(slot, value, field);
    }
    if (type instanceof Type.Struct) {
      return object(
          inlined(slot, expectObject(slot, value, field)), slot.names(), Rule.FIELDS, field + ".");
    }
    return Slot.simple(type) ? values.simple(slot.attribute(), type, value, field) : value;
  }

  /** One value counts as a list of one. */
  private JsonNode list(Slot slot, Type.Listing listing, JsonNode value, String field) {
    ArrayNode items = NODES.arrayNode();
    if (!value.isArray()) {
      return items.add(value(slot, listing.item(), value, field));
    }
    int at = 0;
    for (JsonNode item : value) {
      items.add(value(slot, listing.item(), item, field + "[" + at++ + "]"));
    }
    return items;
  }

  private static JsonNode dictionary(Slot slot, JsonNode value, String field) {
    ObjectNode entries = expectObject(slot, value, field);
    for (Map.Entry<String, JsonNode> each : entries.properties()) {
      String place = field + "['" + each.getKey() + "']";
      if (!each.getValue().isTextual()) {
        throw Complaint.type(place, slot.attribute(), each.getValue(), "a text");
      }
      if (!XmlText.isLegal(each.getKey()) || !XmlText.isLegal(each.getValue().textValue())) {
        throw Complaint.character(place);
      }
    }
    return entries;
  }

  private static ObjectNode expectObject(Slot slot, JsonNode value, String field) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw Complaint.type(field, slot.attribute(), value, "an object {…}");
  }

  /**
   * The {@code href} that stands directly in a struct belongs to its inline reference, and if that
   * is spread, so does all that is no field of the struct.
   */
  private static ObjectNode inlined(Slot slot, ObjectNode raw) {
    Optional<Slot> inline =
        slot.fields().stream().filter(field -> field.attribute().shape().inline()).findFirst();
    if (inline.isEmpty()) {
      return raw;
    }
    boolean spread = inline.get().attribute().shape().spread();
    Set<String> own = slot.fields().stream().map(Slot::name).collect(Collectors.toSet());
    ObjectNode moved = NODES.objectNode();
    ObjectNode reference = NODES.objectNode();
    for (Map.Entry<String, JsonNode> each : raw.properties()) {
      boolean inside = each.getKey().equals("href") || spread && !own.contains(each.getKey());
      (inside ? reference : moved).set(each.getKey(), each.getValue());
    }
    if (!reference.isEmpty()) {
      moved.set(inline.get().name(), reference);
    }
    return moved;
  }

  /** By reference, by reference with overrides, or by value (R47). */
  private JsonNode reference(Slot slot, Type.Ref ref, JsonNode value, String field) {
    if (value.isTextual()) {
      return NODES.objectNode().put("href", path(value.textValue(), field));
    }
    if (!(value instanceof ObjectNode raw)) {
      throw Complaint.type(field, slot.attribute(), value, "a reference {\"href\": …}");
    }
    String href = raw.path("href").asText("").strip();
    Plan target = plans.get(ref.target());
    if (href.isEmpty() && (target == null || raw.isEmpty() || raw.has("href"))) {
      throw target != null && target.byValue() && raw.isEmpty()
          ? Complaint.empty(field, target.names().ownValues())
          : Complaint.missing(field + ".href");
    }
    ObjectNode result = NODES.objectNode();
    if (!href.isEmpty()) {
      result.put("href", path(href, field + ".href"));
    }
    if (target != null) {
      ObjectNode content = raw.deepCopy();
      content.remove("href");
      Rule rule = href.isEmpty() ? Rule.CREATE : Rule.OVERRIDE;
      result.setAll(object(content, target.names(), rule, field + "."));
    }
    return result;
  }

  private String path(String href, String field) {
    return references.path(href.strip(), field);
  }
}
