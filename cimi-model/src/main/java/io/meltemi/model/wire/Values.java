package io.meltemi.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Times;
import io.meltemi.model.schema.Type;
import java.time.DateTimeException;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Checks simple values. Numbers and booleans are also read from text: XML has nothing else, and
 * some consumers write them so in JSON.
 */
final class Values {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{2})*");
  private static final Pattern DURATION =
      Pattern.compile(
          "-?P(?=.)(\\d+Y)?(\\d+M)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?");

  private final References references;

  Values(References references) {
    this.references = references;
  }

  JsonNode simple(Attribute attribute, Type type, JsonNode value, String field) {
    if (type instanceof Type.Whole) {
      return whole(attribute, value, field);
    }
    if (type instanceof Type.Bool) {
      return bool(attribute, value, field);
    }
    return text(attribute, type, value, field);
  }

  private static JsonNode whole(Attribute attribute, JsonNode value, String field) {
    String digits = value.isTextual() ? value.textValue().strip() : value.asText();
    if (!(value.isTextual() || value.isIntegralNumber()) || !INTEGER.matcher(digits).matches()) {
      throw Complaint.type(field, attribute, value, "a whole number");
    }
    long number = number(digits).orElseThrow(() -> Complaint.range(field, attribute, digits));
    if (number < least(attribute) || number > most(attribute)) {
      throw Complaint.range(field, attribute, digits);
    }
    return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
  }

  /** Empty when it has no room in 64 bits. */
  private static OptionalLong number(String digits) {
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  static long least(Attribute attribute) {
    return attribute.least().orElse(Long.MIN_VALUE);
  }

  static long most(Attribute attribute) {
    return attribute.most().orElse(Long.MAX_VALUE);
  }

  private static JsonNode bool(Attribute attribute, JsonNode value, String field) {
    String word = value.asText().strip();
    boolean known = word.equals("true") || word.equals("false");
    if (!known || !(value.isBoolean() || value.isTextual())) {
      throw Complaint.type(field, attribute, value, "true or false");
    }
    return NODES.booleanNode(word.equals("true"));
  }

  private JsonNode text(Attribute attribute, Type type, JsonNode value, String field) {
    if (!value.isTextual()) {
      throw Complaint.type(field, attribute, value, "a text");
    }
    String text = value.textValue();
    if (!XmlText.isLegal(text)) {
      throw Complaint.character(field);
    }
    if (type instanceof Type.Uri) {
      return NODES.textNode(references.uri(text.strip(), field));
    }
    if (type instanceof Type.Time) {
      return time(attribute, value, field);
    }
    if (type instanceof Type.Span && !DURATION.matcher(text.strip()).matches()) {
      throw Complaint.type(field, attribute, value, "a duration such as PT90S");
    }
    if (type instanceof Type.Hex && !HEX.matcher(text.strip()).matches()) {
      throw Complaint.type(field, attribute, value, "an even number of hexadecimal digits");
    }
    boolean asIs = type instanceof Type.Text && attribute.allowed().isEmpty();
    return NODES.textNode(asIs ? text : allowed(attribute, text.strip(), field));
  }

  /** One of the permitted values, in the standard's spelling (capitals do not count). */
  private static String allowed(Attribute attribute, String text, String field) {
    if (attribute.allowed().isEmpty() || attribute.allowed().contains(text)) {
      return text;
    }
    return attribute.allowed().stream()
        .filter(text::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(() -> Complaint.value(field, text, attribute.allowed()));
  }

  private static JsonNode time(Attribute attribute, JsonNode value, String field) {
    try {
      return NODES.textNode(Times.instant(value.textValue().strip()).toString());
    } catch (DateTimeException e) {
      throw Complaint.type(field, attribute, value, "a time such as 2026-11-21T08:00:00Z");
    }
  }
}
