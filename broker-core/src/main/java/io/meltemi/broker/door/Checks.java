package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Nearest;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Type;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Holds values against their declaration: type, allowed values, least and most, and that what is
 * referred to exists for this caller. Each refusal names the attribute by its path.
 */
final class Checks {
  private static final int LONGEST_TEXT = 65_536;
  private static final int LONGEST_NAME = 256;
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  private final Store store;
  private final Derived derived;

  /** Says whether somebody sees a resource that no row tells of. */
  @FunctionalInterface
  interface Derived {
    boolean shows(Caller caller, String kind, String path);
  }

  Checks(Store store, Derived derived) {
    this.store = store;
    this.derived = derived;
  }

  /** Every value must be right; every member must be declared. */
  void all(
      Caller caller, Face face, Collection<Attribute> declared, ObjectNode body, String prefix) {
    for (var entry : body.properties()) {
      Attribute attribute =
          declared.stream()
              .filter(each -> each.name().equals(entry.getKey()) && each.faces().contains(face))
              .findFirst()
              .orElseThrow(() -> unknown(declared, face, entry.getKey(), prefix));
      if (!entry.getValue().isNull()) {
        value(caller, face, attribute, entry.getValue(), prefix + entry.getKey());
      }
    }
  }

  private static RuntimeException unknown(
      Collection<Attribute> declared, Face face, String name, String prefix) {
    List<String> names =
        declared.stream()
            .filter(each -> each.faces().contains(face))
            .filter(each -> each.givenAtCreate())
            .map(Attribute::name)
            .toList();
    String field = prefix + Refusals.shown(name);
    return Refusals.attribute(
        "unknown",
        field,
        "There is no attribute '" + field + "' here.",
        Nearest.to(name, names)
            .map(near -> "Did you mean '" + near + "'?")
            .orElse("Leave it out; the resource metadata lists what there is."));
  }

  void value(Caller caller, Face face, Attribute attribute, JsonNode value, String field) {
    typed(caller, face, attribute.type(), value, field);
    if (!attribute.allowed().isEmpty() && !attribute.allowed().contains(value.asText())) {
      throw Refusals.attribute(
          "value",
          field,
          "'" + Refusals.shown(value.asText()) + "' is no value of '" + field + "'.",
          "Use one of " + String.join(", ", attribute.allowed()) + ".");
    }
    attribute
        .least()
        .filter(least -> value.asLong() < least)
        .ifPresent(least -> {
          throw bounds(field, value, "at least " + least);
        });
    attribute
        .most()
        .filter(most -> value.asLong() > most)
        .ifPresent(most -> {
          throw bounds(field, value, "at most " + most);
        });
    if (field.equals("name")) length(field, value, LONGEST_NAME);
    // Providers, host names and lists of machines have one line for it.
    if (field.equals("name") && LINE_BREAK.matcher(value.asText()).find()) {
      throw bounds(field, value, "without line breaks");
    }
  }

  private static RuntimeException bounds(String field, JsonNode value, String bound) {
    return Refusals.attribute(
        "value",
        field,
        "'" + field + "' was " + Refusals.shown(value.asText()) + ".",
        "Give a value " + bound + ".");
  }

  private void typed(Caller caller, Face face, Type type, JsonNode value, String field) {
    switch (type) {
      case Type.Text text -> text(value, field);
      case Type.Uri uri -> require(isText(value), field, "a URI");
      case Type.Span span -> require(isText(value), field, "a duration such as PT5M");
      case Type.Hex hex ->
          require(isText(value) && isHex(value.asText()), field, "hexadecimal digits, two a byte");
      case Type.Time time -> require(isTime(value), field, "a time such as 2026-01-31T12:00:00Z");
      case Type.Whole whole ->
          require(value.isIntegralNumber() && value.canConvertToLong(), field, "a whole number");
      case Type.Bool bool -> require(value.isBoolean(), field, "true or false");
      case Type.Ref ref -> reference(caller, ref, value, field);
      case Type.Members members -> {}
      case Type.Listing listing -> items(caller, face, listing, value, field);
      case Type.Dictionary dictionary -> dictionary(value, field);
      case Type.Struct struct -> struct(caller, face, struct, value, field);
      case Type.Anything anything -> {}
    }
  }

  private static void text(JsonNode value, String field) {
    if (value.isTextual()) length(field, value, LONGEST_TEXT);
    require(isText(value), field, "a string");
  }

  private static void length(String field, JsonNode value, int most) {
    int length = value.asText().length();
    if (length > most) {
      throw Refusals.attribute(
          "value",
          field,
          "'" + field + "' has " + length + " characters.",
          "Give at most " + most + ".");
    }
  }

  private void items(Caller caller, Face face, Type.Listing listing, JsonNode value, String field) {
    require(value.isArray(), field, "a list");
    for (int at = 0; at < value.size(); at++) {
      typed(caller, face, listing.item(), value.get(at), field + "[" + at + "]");
    }
  }

  private static void dictionary(JsonNode value, String field) {
    require(value.isObject(), field, "pairs of keys and strings");
    value
        .properties()
        .forEach(
            entry -> require(isText(entry.getValue()), field + "." + entry.getKey(), "a string"));
  }

  private void struct(Caller caller, Face face, Type.Struct struct, JsonNode value, String field) {
    require(value.isObject(), field, "an object");
    all(caller, face, struct.fields(), (ObjectNode) value, field + ".");
    for (Attribute each : struct.fields()) {
      if (each.consumerMandatory()
          && each.faces().contains(face)
          && value.path(each.name()).isMissingNode()) {
        throw missing(field + "." + each.name());
      }
    }
  }

  private void reference(Caller caller, Type.Ref ref, JsonNode value, String field) {
    require(value.isObject(), field, "a reference {\"href\": …}");
    if (value.has("href")) {
      referred(caller, ref, value.path("href").asText(), field);
    }
  }

  /**
   * The row that is referred to, if it is one; 400 when this caller sees no resource of that kind.
   */
  Optional<Row> referred(Caller caller, Type.Ref ref, String href, String field) {
    Optional<Row> row = store.read(caller.tenant(), href);
    if (ref.target().equals("any")) {
      return row;
    }
    boolean right = row.filter(found -> found.kind().equals(ref.target())).isPresent();
    if (!right && !derived.shows(caller, ref.target(), href)) {
      throw Refusals.reference(field, href);
    }
    return right ? row : Optional.empty();
  }

  static RuntimeException missing(String field) {
    return Refusals.attribute(
        "missing", field, "Attribute '" + field + "' is missing.", "Give '" + field + "'.");
  }

  private static void require(boolean right, String field, String wanted) {
    if (!right) {
      throw Refusals.attribute(
          "type", field, "'" + field + "' has a value of the wrong type.", "Give " + wanted + ".");
    }
  }

  private static boolean isText(JsonNode value) {
    return value.isTextual() && value.asText().length() <= LONGEST_TEXT;
  }

  private static boolean isHex(String text) {
    return text.length() % 2 == 0 && text.chars().allMatch(each -> Character.digit(each, 16) >= 0);
  }

  private static boolean isTime(JsonNode value) {
    try {
      Instant.parse(value.asText());
      return value.isTextual();
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
