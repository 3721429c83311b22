package io.meltemi.webapp.interop;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request body, written in whatever dialect is spoken. */
public final class Body {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String type;
  private final Map<String, Object> members = new LinkedHashMap<>();

  private Body(String type) {
    this.type = type;
  }

  /** Begins a body of a type, for instance {@code MachineCreate}. */
  public static Body of(String type) {
    return new Body(type);
  }

  /** Adds text, a number or a flag. */
  public Body with(String name, Object value) {
    members.put(name, value);
    return this;
  }

  public Body ref(String name, String href) {
    members.put(name, new Ref(href));
    return this;
  }

  public Body part(String name, Body part) {
    members.put(name, part);
    return this;
  }

  public Body property(String key, String value) {
    members.put("properties", new Property(key, value));
    return this;
  }

  private record Ref(String href) {}

  private record Property(String key, String value) {}

  String in(Dialect dialect) {
    return dialect.xml() ? xml(type, dialect, true) : json(dialect);
  }

  private String json(Dialect dialect) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("resourceURI", dialect.typeUri(type));
    tree.putAll(tree());
    try {
      return JSON.writeValueAsString(tree);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    members.forEach((name, value) ->
        tree.put(
            name,
            switch (value) {
              case Ref ref -> Map.of("href", ref.href());
              case Property property -> Map.of(property.key(), property.value());
              case Body part -> part.tree();
              default -> value;
            }));
    return tree;
  }

  private String xml(String element, Dialect dialect, boolean root) {
    StringBuilder text = new StringBuilder("<" + element);
    text.append(root ? " xmlns=\"" + dialect.namespace() + "\">" : ">");
    members.forEach((name, value) -> text.append(xml(name, value, dialect)));
    return text.append("</").append(element).append('>').toString();
  }

  private static String xml(String name, Object value, Dialect dialect) {
    return switch (value) {
      case Ref ref -> "<" + name + " href=\"" + escaped(ref.href()) + "\"/>";
      case Property property -> property(property, dialect);
      case Body part -> part.xml(name, dialect, false);
      default -> "<" + name + ">" + escaped(value.toString()) + "</" + name + ">";
    };
  }

  private static String property(Property property, Dialect dialect) {
    String text =
        "<property key=\"" + property.key() + "\">" + escaped(property.value()) + "</property>";
    return dialect.wraps() ? "<properties>" + text + "</properties>" : text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
