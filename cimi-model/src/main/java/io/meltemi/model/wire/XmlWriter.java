package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/** Writes one body as XML. */
final class XmlWriter {
  private final XmlOut out;
  private final Map<String, Plan> plans;
  private final Links links;
  private final Expansion expansion;

  XmlWriter(XmlOut out, Map<String, Plan> plans, Links links, Expansion expansion) {
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
      throws XMLStreamException {
    out.root(plan.kind().name(), plan.face());
    content(plan, resource, select, true);
    for (Map.Entry<String, JsonNode> each : more.properties()) {
      tree(each.getKey(), each.getValue(), plan.face() != Face.BROKER_1);
    }
    out.end();
  }

  void page(Plan plan, Page page, Selection own, Selection items) throws XMLStreamException {
    out.root("Collection", plan.face());
    out.attribute("resourceURI", plan.collectionUri().getValue());
    pageContent(plan, page, own, items, true);
    out.end();
  }

  /**
   * @param expanding false for a collection that stands in a reference's place: expanded once, and
   *     not again, for collections may lead back to each other
   */
  private void pageContent(Plan plan, Page page, Selection own, Selection items, boolean expanding)
      throws XMLStreamException {
    if (own.has("id")) {
      out.element("id", links.near(page.id()), false);
    }
    if (own.has("parent") && plan.names().knows("parent")) {
      reference("parent", links.parent(page.id()), false);
    }
    if (own.has("count")) {
      out.element("count", Long.toString(page.count()), false);
    }
    boolean wrapped = plan.face() != Face.CIMI_1;
    if (!page.items().isEmpty() && !items.isEmpty()) {
      if (wrapped) {
        out.start(plan.kind().items(), false);
      }
      for (Resource item : page.items()) {
        out.start(plan.kind().name(), false);
        content(plan, item, items, expanding);
        out.end();
      }
      if (wrapped) {
        out.end();
      }
    }
    if (own.has("operations")) {
      operations(plan, page.id(), page.operations());
    }
  }

  private void content(Plan plan, Resource resource, Selection select, boolean expanding)
      throws XMLStreamException {
    if (select.has("id")) {
      out.element("id", resource.id().isEmpty() ? "" : links.near(resource.id()), false);
    }
    slots(plan.slots(), resource, select, expanding);
    if (select.has("operations")) {
      operations(plan, resource.id(), resource.operations());
    }
    slots(plan.tail(), resource, select, expanding);
  }

  private void slots(List<Slot> slots, Resource resource, Selection select, boolean expanding)
      throws XMLStreamException {
    for (Slot slot : slots) {
      if (select.has(slot.name())) {
        JsonNode value = resource.attributes().get(slot.name());
        if (value == null || slot.hides(value)) {
          derived(slot, resource, expanding);
        } else {
          value(slot, slot.name(), slot.type(), value, expanding);
        }
      }
    }
  }

  private void derived(Slot slot, Resource resource, boolean expanding) throws XMLStreamException {
    String link = links.derived(slot, resource);
    if (link == null) {
      return;
    }
    if (slot.type() instanceof Type.Uri) {
      out.element(slot.name(), link, slot.extension());
    } else if (expanding && expansion.attributes().has(slot.name())) {
      target(slot, slot.name(), links.path(link), link);
    } else {
      reference(slot.name(), link, slot.extension());
    }
  }

  private void value(Slot slot, String name, Type type, JsonNode value, boolean expanding)
      throws XMLStreamException {
    if (type instanceof Type.Ref ref) {
      reference(slot, name, ref, value, expanding);
    } else if (type instanceof Type.Members) {
      reference(name, links.far(value.path("href").asText()), slot.extension());
    } else if (type instanceof Type.Listing listing) {
      list(slot, listing, value, expanding);
    } else if (type instanceof Type.Dictionary dictionary) {
      dictionary(slot, dictionary, value);
    } else if (type instanceof Type.Struct struct) {
      out.start(name, slot.extension());
      struct(slot.fields(), struct, value);
      out.end();
    } else if (type instanceof Type.Anything) {
      tree(name, value, slot.extension());
    } else {
      out.element(name, text(slot, type, value), slot.extension());
    }
  }

  private String text(Slot slot, Type type, JsonNode value) {
    String text = slot.shown(value);
    return Slot.isPath(type, text) ? links.uri(slot, text) : text;
  }

  private void list(Slot slot, Type.Listing listing, JsonNode value, boolean expanding)
      throws XMLStreamException {
    if (slot.wrapped()) {
      out.start(slot.name(), slot.extension());
    }
    for (JsonNode item : value) {
      value(slot, listing.itemName(), listing.item(), item, expanding);
    }
    if (slot.wrapped()) {
      out.end();
    }
  }

  private void dictionary(Slot slot, Type.Dictionary type, JsonNode value)
      throws XMLStreamException {
    if (slot.wrapped()) {
      out.start(slot.name(), slot.extension());
    }
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      out.start(type.itemName(), slot.extension());
      out.attribute("key", each.getKey());
      out.text(each.getValue().asText());
      out.end();
    }
    if (slot.wrapped()) {
      out.end();
    }
  }

  /** XML attributes first, then child elements or text. */
  private void struct(List<Slot> fields, Type.Struct struct, JsonNode value)
      throws XMLStreamException {
    String text = struct.text().orElse("");
    if (struct.xmlAttributes()) {
      for (Slot field : fields) {
        JsonNode member = field.in(value);
        if (member == null || field.name().equals(text)) {
          continue;
        }
        if (field.attribute().shape().inline()) {
          inline(field, member);
        } else if (field.simple()) {
          out.attribute(field.name(), text(field, field.type(), member));
        }
      }
    }
    for (Slot field : fields) {
      JsonNode member = field.in(value);
      if (member == null) {
        continue;
      }
      if (field.attribute().shape().inline()) {
        spread(field, member);
        continue;
      }
      if (field.name().equals(text)) {
        out.text(member.isValueNode() ? member.asText() : member.toString());
      } else if (!struct.xmlAttributes() || !field.simple()) {
        value(field, field.name(), field.type(), member, false);
      }
    }
  }

  private void inline(Slot field, JsonNode reference) throws XMLStreamException {
    String path = reference.path("href").asText();
    String link = path.isEmpty() ? null : links.of(field, path);
    if (link != null) {
      out.attribute("href", link);
    }
  }

  private void spread(Slot field, JsonNode reference) throws XMLStreamException {
    Plan plan = plans.get(((Type.Ref) field.type()).target());
    if (plan != null && field.attribute().shape().spread()) {
      given(plan.slots(), reference);
      given(plan.tail(), reference);
    }
  }

  /** A reference with its target's attributes when it is given by value or expanded. */
  private void reference(Slot slot, String name, Type.Ref ref, JsonNode value, boolean expanding)
      throws XMLStreamException {
    String path = value.path("href").asText();
    String link = path.isEmpty() ? null : links.of(slot, path);
    if (link == null && !path.isEmpty()) {
      return;
    }
    if (link != null && expanding && expansion.attributes().has(slot.name())) {
      target(slot, name, path, link);
      return;
    }
    out.start(name, slot.extension());
    if (link != null) {
      out.attribute("href", link);
    }
    Plan plan = plans.get(ref.target());
    if (plan != null && value.size() > (path.isEmpty() ? 0 : 1)) {
      given(plan.slots(), value);
      given(plan.tail(), value);
    }
    out.end();
  }

  private void given(List<Slot> slots, JsonNode value) throws XMLStreamException {
    for (Slot slot : slots) {
      JsonNode member = value.get(slot.name());
      if (member != null && !slot.hides(member)) {
        value(slot, slot.name(), slot.type(), member, false);
      }
    }
  }

  /** What a reference points to stands in the reference's own element. */
  private void target(Slot slot, String name, String path, String link) throws XMLStreamException {
    out.start(name, slot.extension());
    out.attribute("href", link);
    Resource target = expansion.resources().get(path);
    Plan plan = target == null ? null : plans.get(target.kind().name());
    if (target != null && plan != null) {
      content(plan, target, Selection.ALL, false);
    }
    Page page = expansion.pages().get(path);
    Plan items = page == null ? null : plans.get(page.kind().name());
    if (page != null && items != null) {
      pageContent(items, page, Selection.ALL, Selection.ALL, false);
    }
    out.end();
  }

  private void reference(String name, String link, boolean extension) throws XMLStreamException {
    out.start(name, extension);
    out.attribute("href", link);
    out.end();
  }

  private void operations(Plan plan, String id, Set<String> offered) throws XMLStreamException {
    boolean wrapped = plan.face() != Face.CIMI_1;
    boolean begun = false;
    for (Plan.Act act : plan.operations()) {
      if (offered.contains(act.operation().name())) {
        if (wrapped && !begun) {
          out.start("operations", false);
        }
        begun = true;
        out.start("operation", false);
        out.attribute("rel", act.rel());
        out.attribute("href", links.near(act.operation().path(id)));
        out.end();
      }
    }
    if (wrapped && begun) {
      out.end();
    }
  }

  /**
   * Whatever JSON: members are child elements, items of an array are called {@code item}; those of
   * {@code values} are each a {@code value}, as value scopes want it.
   */
  private void tree(String name, JsonNode value, boolean extension) throws XMLStreamException {
    if (value.isArray() && name.equals("values")) {
      for (JsonNode item : value) {
        tree("value", item, extension);
      }
      return;
    }
    out.start(name, extension);
    if (value.isArray()) {
      for (JsonNode item : value) {
        tree("item", item, extension);
      }
    } else if (value.isObject()) {
      for (Map.Entry<String, JsonNode> each : value.properties()) {
        tree(XmlOut.elementName(each.getKey()), each.getValue(), extension);
      }
    } else if (!value.isNull()) {
      out.text(value.asText());
    }
    out.end();
  }
}
