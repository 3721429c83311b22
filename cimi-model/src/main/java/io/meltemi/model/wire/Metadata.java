package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.util.Map;

/** Tells about a resource type what its declaration says (DSP0263 2.0.0, 5.11; R79 to R85). */
public final class Metadata {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String MEDIA_TYPES = "application/json, application/xml";

  private Metadata() {}

  /**
   * The attributes of the ResourceMetadata that describes a kind.
   *
   * @param capabilities value by name; a value of false may be left out
   */
  public static ObjectNode of(ResourceKind kind, Face face, Map<String, JsonNode> capabilities) {
    ObjectNode document = NODES.objectNode();
    document.put("typeURI", face.typeUri(kind.name()));
    document.put("name", kind.name());
    ArrayNode attributes = document.putArray("attributes");
    ObjectNode scope = NODES.objectNode();
    for (Attribute attribute : kind.attributes(face).values()) {
      attributes.add(
          face == Face.CIMI_1 ? required(attribute, face) : constrained(attribute, face));
      scope(scope, attribute);
    }
    if (face != Face.CIMI_1 && !scope.isEmpty()) {
      document.putArray("vscope").add(scope);
    }
    document.set("capabilities", capabilities(kind, face, capabilities));
    document.set("actions", actions(kind, face));
    return document;
  }

  /** The one constraint of 1.x; the interop plan wants namespace and type of every attribute. */
  private static ObjectNode required(Attribute attribute, Face face) {
    ObjectNode entry = NODES.objectNode().put("name", attribute.name());
    entry.put("namespace", attribute.extension().orElse(face.namespace()));
    entry.put("type", type(attribute.type()));
    entry.put("required", attribute.consumerMandatory());
    ArrayNode values = NODES.arrayNode();
    attribute.allowed().forEach(value -> values.addObject().put("value", value));
    if (!values.isEmpty()) {
      entry.set("constraints", values);
    }
    return entry;
  }

  /** The four constraints of 2.0; namespace and type of extensions only (R84). */
  private static ObjectNode constrained(Attribute attribute, Face face) {
    ObjectNode entry = NODES.objectNode().put("name", attribute.name());
    attribute
        .extension()
        .filter(namespace -> !namespace.equals(face.namespace()))
        .ifPresent(
            namespace -> entry.put("namespace", namespace).put("type", type(attribute.type())));
    return entry
        .put("providerMandatory", attribute.providerMandatory())
        .put("consumerMandatory", attribute.consumerMandatory())
        .put("mutable", attribute.mutable())
        .put("consumerWritable", attribute.consumerWritable() && attribute.mutable());
  }

  private static void scope(ObjectNode scope, Attribute attribute) {
    if (!attribute.givenAtCreate()) {
      return;
    }
    ObjectNode limits = NODES.objectNode();
    attribute.allowed().forEach(value -> limits.withArray("values").add(value));
    attribute.least().ifPresent(least -> limits.put("minimum", least));
    attribute.most().ifPresent(most -> limits.put("maximum", most));
    attribute.unit().ifPresent(unit -> limits.put("units", unit));
    if (!limits.isEmpty()) {
      scope.set(attribute.name(), limits);
    }
  }

  private static ArrayNode capabilities(
      ResourceKind kind, Face face, Map<String, JsonNode> capabilities) {
    ArrayNode all = NODES.arrayNode();
    capabilities.forEach((name, value) -> {
      if (Capabilities.known(name, face)) {
        ObjectNode entry = all.addObject().put("name", name);
        entry.put("uri", Capabilities.uri(kind.name(), name, face));
        entry.put("description", Capabilities.meaning(name));
        entry.set("value", value);
      }
    });
    return all;
  }

  private static ArrayNode actions(ResourceKind kind, Face face) {
    ArrayNode all = NODES.arrayNode();
    for (Operation operation : kind.operations()) {
      if (!operation.plain() && operation.faces().contains(face)) {
        all.addObject()
            .put("name", operation.name())
            .put("uri", operation.rel(face))
            .put("description", description(kind, operation))
            .put("method", "POST")
            .put("inputMessage", MEDIA_TYPES)
            .put("outputMessage", MEDIA_TYPES);
      }
    }
    return all;
  }

  /** For instance: start a Machine that is PAUSED, STOPPED, SUSPENDED; it ends STARTED. */
  private static String description(ResourceKind kind, Operation operation) {
    String from =
        operation.from().isEmpty()
            ? ""
            : " that is " + String.join(", ", operation.from().stream().sorted().toList());
    String to = operation.to().map(state -> "; it ends " + state).orElse("");
    return operation.name() + " " + kind.inASentence() + from + to;
  }

  /** What CIMI calls a type (DSP0263 2.0.0, 5.5). */
  private static String type(Type type) {
    if (type instanceof Type.Listing listing) {
      return type(listing.item()) + "[]";
    }
    if (type instanceof Type.Ref || type instanceof Type.Members) {
      return type instanceof Type.Ref ? "ref" : "collection";
    }
    if (type instanceof Type.Dictionary || type instanceof Type.Struct) {
      return type instanceof Type.Struct ? "struct" : "map";
    }
    return simple(type);
  }

  private static String simple(Type type) {
    if (type instanceof Type.Whole) {
      return "integer";
    }
    if (type instanceof Type.Bool) {
      return "boolean";
    }
    if (type instanceof Type.Time || type instanceof Type.Span) {
      return type instanceof Type.Time ? "dateTime" : "duration";
    }
    if (type instanceof Type.Uri) {
      return "URI";
    }
    if (type instanceof Type.Hex) {
      return "byte[]";
    }
    return type instanceof Type.Anything ? "any" : "string";
  }
}
