package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.model.query.Filter;
import io.meltemi.model.query.Filter.Operator;
import io.meltemi.model.query.Filter.Value;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalInt;
import java.util.function.Function;

/** Judges values by a filter (R69 to R72). What is absent, or of another type, never matches. */
final class Criteria {
  private Criteria() {}

  /**
   * @param values by attribute; a missing node when there is none
   */
  static boolean hold(Filter filter, Function<String, JsonNode> values) {
    return switch (filter) {
      case Filter.And and -> hold(and.left(), values) && hold(and.right(), values);
      case Filter.Or or -> hold(or.left(), values) || hold(or.right(), values);
      case Filter.Comparison comparison -> holds(comparison, values.apply(comparison.attribute()));
      case Filter.Property property ->
          accepts(
              property.operator(),
              compared(
                  values.apply("properties").path(property.key()),
                  new Value.Text(property.text())));
    };
  }

  static boolean holds(Filter.Comparison comparison, JsonNode value) {
    return accepts(comparison.operator(), compared(value, comparison.value()));
  }

  private static OptionalInt compared(JsonNode node, Value value) {
    return switch (value) {
      case Value.Number number ->
          node.isIntegralNumber()
              ? OptionalInt.of(Long.compare(node.longValue(), number.number()))
              : OptionalInt.empty();
      case Value.Text text ->
          node.isTextual()
              ? OptionalInt.of(node.textValue().compareTo(text.text()))
              : OptionalInt.empty();
      case Value.Flag flag ->
          node.isBoolean()
              ? OptionalInt.of(Boolean.compare(node.booleanValue(), flag.flag()))
              : OptionalInt.empty();
      case Value.Moment moment -> compared(node, moment.time());
    };
  }

  private static OptionalInt compared(JsonNode node, Instant time) {
    try {
      return node.isTextual()
          ? OptionalInt.of(Instant.parse(node.textValue()).compareTo(time))
          : OptionalInt.empty();
    } catch (DateTimeParseException e) {
      return OptionalInt.empty();
    }
  }

  private static boolean accepts(Operator operator, OptionalInt compared) {
    if (compared.isEmpty()) return false;
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
