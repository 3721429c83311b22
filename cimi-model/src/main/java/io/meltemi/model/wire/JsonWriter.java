package io.meltemi.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.Type;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes one body as JSON. */
final class JsonWriter {
  private static final SerializedString ID = new SerializedString("id");
  private static final SerializedString HREF = new SerializedString("href");
  private static final SerializedString REL = new SerializedString("rel");
  private static final SerializedString COUNT = new SerializedString("count");
  private static final SerializedString PARENT = new SerializedString("parent");
  private static final SerializedString RESOURCE_URI = new SerializedString("resourceURI");
  private static final SerializedString OPERATIONS = new SerializedString("operations");

  private final JsonGenerator out;
  private final Map<String, Plan> plans;
  private final Links links;
  private final Expansion expansion;

  JsonWriter(JsonGenerator out, Map<String, Plan> plans, Links links, Expansion expansion) {
    this.out = out;
    this.plans = plans;
    this.links = links;
    this.expansion = expansion;
  }

  /**
   * A resource.
   *
   * @param more members which no declaration knows
   */
  void resource(Plan plan, Resource resource, Selection select, ObjectNode more)
      throws IOException {
    out.writeStartObject();
    members(plan, resource, select, true);
    for (Map.Entry<String, JsonNode> each : more.properties()) {
      out.writeFieldName(each.getKey());
      tree(each.getValue());
    }
    out.writeEndObject();
  }

  void page(Plan plan, Page page, Selection own, Selection items) throws IOException {
    out.writeStartObject();
    pageMembers(plan, page, own, items, true);
    out.writeEndObject();
  }

  /**
   * @param expanding false for a collection that stands in a reference's place: expanded once, and
   *     not again, for collections may lead back to each other
   */
  private void pageMembers(Plan plan, Page page, Selection own, Selection items, boolean expanding)
      throws IOException {
    field(RESOURCE_URI, plan.collectionUri());
    if (own.has("id")) {
      field(ID, links.near(page.id()));
    }
    if (own.has("parent") && plan.names().knows("parent")) {
      out.writeFieldName(PARENT);
      reference(links.parent(page.id()));
    }
    if (own.has("count")) {
      out.writeFieldName(COUNT);
      out.writeNumber(page.count());
    }
    if (!page.items().isEmpty() && !items.isEmpty()) {
      out.writeFieldName(plan.items());
      out.writeStartArray();
      for (Resource item : page.items()) {
        out.writeStartObject();
        members(plan, item, items, expanding);
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    if (own.has("operations")) {
      operations(plan, page.id(), page.operations());
    }
  }

  private void members(Plan plan, Resource resource, Selection select, boolean expanding)
      throws IOException {
    field(RESOURCE_URI, plan.typeUri());
    if (select.has("id")) {
      field(ID, resource.id().isEmpty() ? "" : links.near(resource.id()));
    }
    slots(plan.slots(), resource, select, expanding);
    slots(plan.tail(), resource, select, expanding);
    if (select.has("operations")) {
      operations(plan, resource.id(), resource.operations());
    }
  }

  private void slots(List<Slot> slots, Resource resource, Selection select, boolean expanding)
      throws IOException {
    for (Slot slot : slots) {
      if (select.has(slot.name())) {
        slot(slot, resource, expanding);
      }
    }
  }

  private void slot(Slot slot, Resource resource, boolean expanding) throws IOException {
    JsonNode value = resource.attributes().get(slot.name());
    if (slot.hides(value)) {
      derived(slot, resource, expanding);
    } else if (value != null && shows(slot, value)) {
      out.writeFieldName(slot.json());
      value(slot, slot.type(), value, expanding);
    }
  }

  private void derived(Slot slot, Resource resource, boolean expanding) throws IOException {
    String link = links.derived(slot, resource);
    if (link == null) {
      return;
    }
    out.writeFieldName(slot.json());
    if (slot.type() instanceof Type.Uri) {
      out.writeString(link);
    } else if (expanding && expansion.attributes().has(slot.name())) {
      target(links.path(link), link);
    } else {
      reference(link);
    }
  }

  private boolean shows(Slot slot, JsonNode value) {
    String path = value.path("href").asText();
    return !(slot.type() instanceof Type.Ref) || path.isEmpty() || links.of(slot, path) != null;
  }

  private void value(Slot slot, Type type, JsonNode value, boolean expanding) throws IOException {
    if (type instanceof Type.Text) {
      out.writeString(XmlText.inert(slot.shown(value)));
    } else if (type instanceof Type.Ref ref) {
      reference(slot, ref, value, expanding);
    } else if (type instanceof Type.Members) {
      reference(links.far(value.path("href").asText()));
    } else if (type instanceof Type.Listing listing) {
      list(slot, listing, value, expanding);
    } else if (type instanceof Type.Struct) {
      struct(slot.fields(), value);
    } else if (type instanceof Type.Uri && Slot.isPath(type, value.asText())) {
      out.writeString(links.uri(slot, value.asText()));
    } else {
      tree(value);
    }
  }

  private void list(Slot slot, Type.Listing listing, JsonNode value, boolean expanding)
      throws IOException {
    out.writeStartArray();
    for (JsonNode item : value) {
      if (!(listing.item() instanceof Type.Ref)
          || links.of(slot, item.path("href").asText()) != null) {
        value(slot, listing.item(), item, expanding);
      }
    }
    out.writeEndArray();
  }

  private void struct(List<Slot> fields, JsonNode value) throws IOException {
    out.writeStartObject();
    fields(fields, value);
    out.writeEndObject();
  }

  private void fields(List<Slot> fields, JsonNode value) throws IOException {
    for (Slot field : fields) {
      JsonNode member = field.in(value);
      if (member != null) {
        if (field.attribute().shape().inline() && member instanceof ObjectNode reference) {
          inline(field, reference);
        } else {
          out.writeFieldName(field.json());
          value(field, field.type(), member, false);
        }
      }
    }
  }

  private void inline(Slot field, ObjectNode reference) throws IOException {
    String path = reference.path("href").asText();
    String link = path.isEmpty() ? null : links.of(field, path);
    if (link != null) {
      field(HREF, link);
    }
    Plan plan = plans.get(((Type.Ref) field.type()).target());
    if (plan != null && field.attribute().shape().spread()) {
      fields(plan.slots(), reference);
      fields(plan.tail(), reference);
    }
  }

  /** A reference with its target's attributes when it is given by value or expanded. */
  private void reference(Slot slot, Type.Ref ref, JsonNode value, boolean expanding)
      throws IOException {
    String path = value.path("href").asText();
    String link = path.isEmpty() ? null : links.of(slot, path);
    if (link != null && expanding && expansion.attributes().has(slot.name())) {
      target(path, link);
      return;
    }
    out.writeStartObject();
    if (link != null) {
      field(HREF, link);
    }
    Plan plan = plans.get(ref.target());
    if (plan != null && value.size() > (path.isEmpty() ? 0 : 1)) {
      fields(plan.slots(), value);
      fields(plan.tail(), value);
    }
    out.writeEndObject();
  }

  private void target(String path, String link) throws IOException {
    out.writeStartObject();
    field(HREF, link);
    Resource target = expansion.resources().get(path);
    Plan plan = target == null ? null : plans.get(target.kind().name());
    if (target != null && plan != null) {
      members(plan, target, Selection.ALL, false);
    }
    Page page = expansion.pages().get(path);
    Plan items = page == null ? null : plans.get(page.kind().name());
    if (page != null && items != null) {
      pageMembers(items, page, Selection.ALL, Selection.ALL, false);
    }
    out.writeEndObject();
  }

  private void reference(String link) throws IOException {
    out.writeStartObject();
    field(HREF, link);
    out.writeEndObject();
  }

  private void operations(Plan plan, String id, Set<String> offered) throws IOException {
    boolean begun = false;
    for (Plan.Act act : plan.operations()) {
      if (offered.contains(act.operation().name())) {
        if (!begun) {
          out.writeFieldName(OPERATIONS);
          out.writeStartArray();
          begun = true;
        }
        out.writeStartObject();
        field(REL, act.rel());
        field(HREF, links.near(act.operation().path(id)));
        out.writeEndObject();
      }
    }
    if (begun) {
      out.writeEndArray();
    }
  }

  private void field(SerializedString name, String text) throws IOException {
    out.writeFieldName(name);
    out.writeString(text);
  }

  private void field(SerializedString name, SerializedString text) throws IOException {
    out.writeFieldName(name);
    out.writeString(text);
  }

  /** A value as it is. */
  private void tree(JsonNode value) throws IOException {
    switch (value.getNodeType()) {
      case STRING -> out.writeString(XmlText.inert(value.textValue()));
      case BOOLEAN -> out.writeBoolean(value.booleanValue());
      case NUMBER -> number(value);
      case ARRAY -> {
        out.writeStartArray();
        for (JsonNode item : value) {
          tree(item);
        }
        out.writeEndArray();
      }
      case OBJECT -> {
        out.writeStartObject();
        for (Map.Entry<String, JsonNode> each : value.properties()) {
          out.writeFieldName(each.getKey());
          tree(each.getValue());
        }
        out.writeEndObject();
      }
      case NULL, MISSING, BINARY, POJO -> out.writeNull();
    }
  }

  private void number(JsonNode value) throws IOException {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      out.writeNumber(value.longValue());
    } else {
      out.writeNumber(value.decimalValue());
    }
  }
}
