package io.meltemi.model.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.model.query.Filter.Operator;
import io.meltemi.model.query.Filter.Value;
import io.meltemi.model.schema.Times;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.function.Function;

/** Judges values by a filter. What is absent, or of another type, never matches (R72). */
public final class FilterEvaluator {
  private FilterEvaluator() {}

  /**
   * True when the filter holds.
   *
   * @param values value by attribute name; a missing node when there is none
   */
  public static boolean matches(Filter filter, Function<String, JsonNode> values) {
    if (filter instanceof Filter.And and) {
      return matches(and.left(), values) && matches(and.right(), values);
    }
    if (filter instanceof Filter.Or or) {
      return matches(or.left(), values) || matches(or.right(), values);
    }
    if (filter instanceof Filter.Property property) {
      JsonNode text = values.apply("properties").path(property.key());
      return accepts(property.operator(), compare(text, property.text()));
    }
    Filter.Comparison comparison = (Filter.Comparison) filter;
    return matches(comparison, values.apply(comparison.attribute()));
  }

  /** True when the comparison holds for this value of its attribute. */
  public static boolean matches(Filter.Comparison comparison, JsonNode value) {
    return accepts(comparison.operator(), compare(value, comparison.value()));
  }

  private static OptionalInt compare(JsonNode node, Value value) {
    if (value instanceof Value.Number number) {
      return node.isIntegralNumber()
          ? OptionalInt.of(Long.compare(node.longValue(), number.number()))
          : OptionalInt.empty();
    }
    if (value instanceof Value.Flag flag) {
      return node.isBoolean()
          ? OptionalInt.of(Boolean.compare(node.booleanValue(), flag.flag()))
          : OptionalInt.empty();
    }
    return value instanceof Value.Moment moment
        ? compare(node, moment.time())
        : compare(node, ((Value.Text) value).text());
  }

  /** A reference is compared by the path of its target; a link to it will do as well. */
  private static OptionalInt compare(JsonNode node, String text) {
    String path = node.path("href").asText("");
    if (!path.isEmpty()) {
      return OptionalInt.of(text.equals(path) || text.endsWith("/" + path) ? 0 : 1);
    }
    return node.isTextual()
        ? OptionalInt.of(node.textValue().compareTo(text))
        : OptionalInt.empty();
  }

  private static OptionalInt compare(JsonNode node, Instant time) {
    try {
      return node.isTextual()
          ? OptionalInt.of(Times.instant(node.textValue()).compareTo(time))
          : OptionalInt.empty();
    } catch (DateTimeException e) {
      return OptionalInt.empty();
    }
  }

  private static boolean accepts(Operator operator, OptionalInt compared) {
    if (compared.isEmpty()) {
      return false;
    }
    int order = compared.getAsInt();
    return switch (operator) {
      case EQUAL -> order == 0;
      case DIFFERENT -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
