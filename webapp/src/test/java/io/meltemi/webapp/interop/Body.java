package io.meltemi.webapp.interop;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request body, written in whatever dialect is spoken. */
public final class Body {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HREF = "href";

  private final String type;
  private final Map<String, Object> members = new LinkedHashMap<>();

  private Body(String type) {
    this.type = type;
  }

  /** Begins a body of a type, for instance {@code MachineCreate}. */
  public static Body of(String type) {
    return new Body(type);
  }

  /** What is written beside the reference to something: overrides and erasures. */
  public static Body beside(String href) {
    Body body = new Body("");
    body.members.put(HREF, href);
    return body;
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
    return entry("properties", "property", key, value);
  }

  /** A map with one entry. */
  public Body entry(String name, String itemName, String key, String value) {
    members.put(name, new Entry(itemName, key, value));
    return this;
  }

  /** Null in JSON, an empty element in XML: what is erased. */
  public Body erased(String name) {
    members.put(name, new Nothing());
    return this;
  }

  /** A list of structs. */
  public Body list(String name, String itemName, Body... items) {
    members.put(name, new Items(itemName, List.of(items)));
    return this;
  }

  private record Nothing() {}

  private record Items(String name, List<Body> all) {}

  private record Ref(String href) {}

  private record Entry(String name, String key, String value) {}

  public String in(Dialect dialect) {
    return dialect.xml() ? xml(type, dialect, true) : json(dialect);
  }

  private String json(Dialect dialect) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("resourceURI", dialect.typeUri(type));
    tree.putAll(tree());
    try {
      return JSON.writeValueAsString(tree);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    members.forEach((name, value) -> tree.put(name, json(value)));
    return tree;
  }

  private static @Nullable Object json(Object value) {
    return switch (value) {
      case Nothing nothing -> null;
      case Items items -> items.all().stream().map(Body::tree).toList();
      case Ref ref -> Map.of("href", ref.href());
      case Entry entry -> Map.of(entry.key(), entry.value());
      case Body part -> part.tree();
      default -> value;
    };
  }

  private String xml(String element, Dialect dialect, boolean root) {
    StringBuilder text = new StringBuilder("<" + element);
    if (root) text.append(" xmlns=\"").append(dialect.namespace()).append('"');
    if (members.get(HREF) instanceof String href) {
      text.append(" href=\"").append(escaped(href)).append('"');
    }
    text.append('>');
    members.forEach((name, value) -> {
      if (!name.equals(HREF)) text.append(xml(name, value, dialect));
    });
    return text.append("</").append(element).append('>').toString();
  }

  private static String xml(String name, Object value, Dialect dialect) {
    return switch (value) {
      case Nothing nothing -> "<" + name + "/>";
      case Items items -> items(name, items, dialect);
      case Ref ref -> "<" + name + " href=\"" + escaped(ref.href()) + "\"/>";
      case Entry entry -> entry(name, entry, dialect);
      case Body part -> part.xml(name, dialect, false);
      default -> "<" + name + ">" + escaped(value.toString()) + "</" + name + ">";
    };
  }

  private static String items(String name, Items items, Dialect dialect) {
    String text =
        items.all().stream()
            .map(item -> item.xml(items.name(), dialect, false))
            .collect(Collectors.joining());
    return dialect.wraps() ? "<" + name + ">" + text + "</" + name + ">" : text;
  }

  private static String entry(String name, Entry entry, Dialect dialect) {
    String text =
        "<%s key=\"%s\">%s</%s>"
            .formatted(entry.name(), escaped(entry.key()), escaped(entry.value()), entry.name());
    return dialect.wraps() ? "<" + name + ">" + text + "</" + name + ">" : text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
