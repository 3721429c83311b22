package io.meltemi.api.handler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.util.Optional;

/** The API in the words of OpenAPI 3.1, made from the declarations. */
final class ApiDescription {
  private final Kinds kinds;
  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final ObjectNode paths;
  private final ObjectNode schemas;

  private ApiDescription(Kinds kinds) {
    this.kinds = kinds;
    root.put("openapi", "3.1.0");
    root.putObject("info").put("title", "Meltemi").put("version", "1");
    root.putArray("servers").addObject().put("url", "/");
    ArrayNode security = root.putArray("security");
    security.addObject().putArray("basic");
    security.addObject().putArray("token");
    this.paths = root.putObject("paths");
    ObjectNode components = root.putObject("components");
    this.schemas = components.putObject("schemas");
    ObjectNode schemes = components.putObject("securitySchemes");
    schemes.putObject("basic").put("type", "http").put("scheme", "basic");
    schemes.putObject("token").put("type", "http").put("scheme", "bearer");
  }

  static ObjectNode of(Kinds kinds) {
    ApiDescription description = new ApiDescription(kinds);
    for (Face face : Face.values()) description.face(face);
    return description.root;
  }

  private void face(Face face) {
    for (ResourceKind kind : kinds.all()) {
      if (!kind.faces().contains(face)) continue;
      schemas.set(schema(face, kind), schema(kind, face));
      if (kind.served() && kind.parent().isEmpty()) {
        if (kind.catalogue().isEmpty()) {
          item(face, kind, face.path() + kind.segment(), 0);
        } else {
          collection(face, kind, face.path() + kind.segment(), 1);
        }
      }
    }
  }

  private void collection(Face face, ResourceKind kind, String path, int depth) {
    ObjectNode here = place(path, depth - 1);
    verb(here, "get", "list", face, kind, false);
    if (kind.operation("add", face).isPresent()) verb(here, "post", "add", face, kind, true);
    acts(face, kind, path, depth - 1, true);
    item(face, kind, path + "/{id" + depth + "}", depth);
  }

  /** A list of what stands elsewhere, and is made, changed and acted upon there. */
  private void listed(Face face, ResourceKind kind, String path, int depth) {
    verb(place(path, depth), "get", "list", face, kind, false);
  }

  private void acts(Face face, ResourceKind kind, String path, int depth, boolean ofCollection) {
    for (Operation operation : kind.operations()) {
      boolean here = operation.faces().contains(face) && operation.at().isEmpty();
      if (here && !operation.plain() && operation.ofCollection() == ofCollection) {
        ObjectNode act = place(path + "/" + operation.name(), depth);
        verb(act, "post", operation.name(), face, kind, true);
      }
    }
  }

  private void item(Face face, ResourceKind kind, String path, int depth) {
    ObjectNode here = place(path, depth);
    verb(here, "get", "read", face, kind, false);
    if (kind.operation("edit", face).isPresent()) verb(here, "put", "edit", face, kind, true);
    if (kind.operation("delete", face).isPresent()) {
      verb(here, "delete", "delete", face, kind, false);
    }
    acts(face, kind, path, depth, false);
    if (depth < 3) below(face, kind, path, depth);
  }

  private void below(Face face, ResourceKind kind, String path, int depth) {
    boolean single = kind.catalogue().isEmpty() && kind.parent().isEmpty();
    if (single) return;
    for (Attribute attribute : kind.attributes(face).values()) {
      Optional<ResourceKind> items = kinds.in(face, Optional.of(kind.name()), attribute.name());
      String here = path + "/" + attribute.name();
      items.ifPresent(found -> {
        if (found.parent().isEmpty()) listed(face, found, here, depth);
        else collection(face, found, here, depth + 1);
      });
    }
  }

  private ObjectNode place(String path, int parameters) {
    ObjectNode here = paths.withObjectProperty(path);
    if (parameters > 0 && !here.has("parameters")) {
      ArrayNode list = here.putArray("parameters");
      for (int number = 1; number <= parameters; number++) {
        ObjectNode parameter = list.addObject();
        parameter.put("name", "id" + number).put("in", "path").put("required", true);
        parameter.putObject("schema").put("type", "string");
      }
    }
    return here;
  }

  private void verb(
      ObjectNode here, String verb, String name, Face face, ResourceKind kind, boolean body) {
    ObjectNode told = here.putObject(verb);
    told.put("summary", name + " " + kind.name());
    if (body) content(told.putObject("requestBody"), face, kind);
    ObjectNode responses = told.putObject("responses");
    ObjectNode good = responses.putObject(verb.equals("get") ? "200" : "2XX");
    good.put("description", "as asked");
    if (verb.equals("get")) content(good, face, kind);
    ObjectNode bad = responses.putObject("default");
    bad.put("description", "refused: a Job in state FAILED says why and what to do");
  }

  private static void content(ObjectNode holder, Face face, ResourceKind kind) {
    ObjectNode content = holder.putObject("content");
    for (String type : new String[] {"application/json", "application/xml"}) {
      content
          .putObject(type)
          .putObject("schema")
          .put("$ref", "#/components/schemas/" + schema(face, kind));
    }
  }

  private static String schema(Face face, ResourceKind kind) {
    return face.name() + "." + kind.name();
  }

  private static ObjectNode schema(ResourceKind kind, Face face) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("id").put("type", "string").put("format", "uri").put("readOnly", true);
    kind.attributes(face).forEach((name, attribute) -> properties.set(name, schema(attribute)));
    return schema;
  }

  private static ObjectNode schema(Attribute attribute) {
    ObjectNode schema = schema(attribute.type());
    attribute.unit().ifPresent(unit -> schema.put("description", "in " + unit));
    if (!attribute.allowed().isEmpty()) attribute.allowed().forEach(schema.putArray("enum")::add);
    attribute.least().ifPresent(least -> schema.put("minimum", least));
    attribute.most().ifPresent(most -> schema.put("maximum", most));
    if (!attribute.givenAtCreate()) schema.put("readOnly", true);
    if (attribute.secret()) schema.put("writeOnly", true);
    return schema;
  }

  private static ObjectNode schema(Type type) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    switch (type) {
      case Type.Text text -> schema.put("type", "string");
      case Type.Hex hex -> schema.put("type", "string");
      case Type.Whole whole -> schema.put("type", "integer").put("format", "int64");
      case Type.Bool bool -> schema.put("type", "boolean");
      case Type.Time time -> schema.put("type", "string").put("format", "date-time");
      case Type.Span span -> schema.put("type", "string").put("format", "duration");
      case Type.Uri uri -> schema.put("type", "string").put("format", "uri");
      case Type.Ref ref -> reference(schema);
      case Type.Members members -> reference(schema);
      case Type.Listing listing -> schema.put("type", "array").set("items", schema(listing.item()));
      case Type.Dictionary dictionary ->
          schema.put("type", "object").putObject("additionalProperties").put("type", "string");
      case Type.Struct struct -> {
        ObjectNode properties = schema.put("type", "object").putObject("properties");
        struct.fields().forEach(field -> properties.set(field.name(), schema(field)));
      }
      case Type.Anything anything -> {}
    }
    return schema;
  }

  private static void reference(ObjectNode schema) {
    schema
        .put("type", "object")
        .putObject("properties")
        .putObject("href")
        .put("type", "string")
        .put("format", "uri-reference");
  }
}
