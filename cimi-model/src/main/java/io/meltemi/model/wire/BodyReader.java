package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Declare;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the bodies of one request. */
final class BodyReader {
  private final XmlBody xml;
  private final Kinds kinds;
  private final Map<String, Plan> plans;
  private final Face face;
  private final Check check;

  BodyReader(XmlBody xml, Kinds kinds, Map<String, Plan> plans, View view) {
    this.xml = xml;
    this.kinds = kinds;
    this.plans = plans;
    this.face = view.face();
    this.check = new Check(plans, new References(view.face(), view.base()));
  }

  ObjectNode create(Format format, byte[] body, Plan plan) {
    String kind = plan.kind().name();
    if (plan.kind().template().isEmpty()) {
      ObjectNode raw = raw(format, body, List.of(kind, kind + "Create"), plan.names());
      return check.object(raw, plan.names(), Rule.CREATE, "");
    }
    String member = plan.kind().templateMember().orElseThrow();
    Names names = plan.names().and(slot(template(plan, member)));
    ObjectNode raw = raw(format, body, List.of(kind + "Create", kind), names);
    return check.object(raw, names, Rule.envelope(member), "");
  }

  private static Attribute template(Plan plan, String member) {
    return Declare.ref(member, plan.kind().template().orElseThrow())
        .required()
        .writable()
        .declared();
  }

  ObjectNode update(Format format, byte[] body, Plan plan, Selection only) {
    ObjectNode raw = raw(format, body, List.of(plan.kind().name()), plan.names());
    return check.object(raw, plan.names(), Rule.update(only), "");
  }

  ObjectNode action(Format format, byte[] body, Operation operation) {
    if (body.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    Names names = inputs(operation);
    List<String> roots = new ArrayList<>(List.of("Action"));
    operation.body().ifPresent(kind -> roots.addAll(List.of(kind, kind + "Create")));
    ObjectNode raw = raw(format, body, roots, names);
    checkAction(raw.path("action").asText("").strip(), operation);
    boolean resource = operation.body().isPresent();
    ObjectNode input = check.object(raw, names, resource ? Rule.PART : Rule.FIELDS, "");
    input.remove("action");
    return input;
  }

  private Names inputs(Operation operation) {
    List<Slot> slots = new ArrayList<>();
    slots.add(slot(Declare.text("action").writable().declared()));
    slots.add(slot(Declare.map("properties", "property").writable().declared()));
    operation.input().forEach(input -> slots.add(slot(input)));
    operation
        .body()
        .map(plans::get)
        .ifPresent(plan -> slots.addAll(plan.names().members().values()));
    return Names.of(slots);
  }

  private Slot slot(Attribute attribute) {
    return Slot.of(attribute, face, kinds);
  }

  /** The last word counts: some write {@code Action} for {@code action}, or the scheme twice. */
  private void checkAction(String action, Operation operation) {
    if (action.isEmpty()) {
      return;
    }
    refuseOtherFace("action", action.replace("http://http://", "http://"));
    String word = action.substring(action.lastIndexOf('/') + 1);
    if (!word.equalsIgnoreCase(operation.name())) {
      throw Complaint.action(action, face.actionUri(operation.name()));
    }
  }

  private ObjectNode raw(Format format, byte[] body, List<String> roots, Names names) {
    if (body.length == 0) {
      throw Complaint.empty();
    }
    return switch (format) {
      case JSON -> json(body, roots);
      case XML -> xml(body, roots, names);
    };
  }

  private ObjectNode json(byte[] body, List<String> roots) {
    ObjectNode raw = JsonBody.read(body);
    for (String name : List.of("resourceURI", "resourceType")) {
      JsonNode type = raw.path(name);
      if (!type.isMissingNode()) {
        checkType(type.asText().strip(), roots);
      }
    }
    return raw;
  }

  private ObjectNode xml(byte[] body, List<String> roots, Names names) {
    Element root = xml.read(body);
    checkType(root.namespace() + "/" + root.name(), roots);
    String told = root.attributes().get("resourceURI");
    if (told != null) {
      checkType(told.strip(), roots);
    }
    return new XmlShape(plans, face).object(root.withoutText(), names);
  }

  /** Capitals do not count: some write {@code machineCreate}. */
  private void checkType(String uri, List<String> roots) {
    refuseOtherFace("resourceURI", uri);
    boolean known = roots.stream().anyMatch(root -> face.typeUri(root).equalsIgnoreCase(uri));
    if (!known) {
      throw Complaint.otherType(uri, roots.stream().map(face::typeUri).toList());
    }
  }

  private void refuseOtherFace(String field, String uri) {
    for (Face other : Face.values()) {
      if (other != face
          && uri.toLowerCase(Locale.ROOT)
              .startsWith(other.namespace().toLowerCase(Locale.ROOT) + "/")) {
        throw Complaint.otherFace(field, uri, face);
      }
    }
  }
}
