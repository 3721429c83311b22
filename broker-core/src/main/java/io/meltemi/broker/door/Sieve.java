package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.Query;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Filter;
import io.meltemi.model.query.Ordering;
import java.text.Normalizer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;

/** Filters, orders and cuts resources which are in no index because they are derived (R69-R78). */
final class Sieve {
  private final Query query;

  Sieve(Query query) {
    this.query = query;
  }

  List<Resource> matching(List<Resource> all) {
    return all.stream()
        .filter(each -> query.filter().map(filter -> holds(filter, each)).orElse(true))
        .sorted(order())
        .toList();
  }

  List<Resource> range(List<Resource> matching) {
    long from = Math.max(1, query.first().orElse(1)) - 1;
    long to = Math.min(matching.size(), query.last().orElse(matching.size()));
    return from >= to ? List.of() : matching.subList((int) from, (int) to);
  }

  private Comparator<Resource> order() {
    Comparator<Resource> order = (left, right) -> 0;
    for (Ordering term : query.order()) {
      Comparator<Resource> next = (left, right) -> compare(left, right, term.attribute());
      order = order.thenComparing(term.descending() ? next.reversed() : next);
    }
    return order;
  }

  private static int compare(Resource left, Resource right, String attribute) {
    JsonNode one = left.attributes().path(attribute);
    JsonNode other = right.attributes().path(attribute);
    if (one.isNumber() && other.isNumber()) {
      return Long.compare(one.asLong(), other.asLong());
    }
    return normal(one.asText()).compareTo(normal(other.asText()));
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD);
  }

  private static boolean holds(Filter filter, Resource resource) {
    return switch (filter) {
      case Filter.And and -> holds(and.left(), resource) && holds(and.right(), resource);
      case Filter.Or or -> holds(or.left(), resource) || holds(or.right(), resource);
      case Filter.Property property -> {
        JsonNode value = resource.attributes().path("properties").path(property.key());
        yield value.isTextual()
            && agrees(property.operator(), value.asText().compareTo(property.text()), true);
      }
      case Filter.Comparison comparison ->
          holds(comparison, resource.attributes().path(comparison.attribute()));
    };
  }

  private static boolean holds(Filter.Comparison comparison, JsonNode value) {
    if (value.isMissingNode()) {
      return false;
    }
    return switch (comparison.value()) {
      case Filter.Value.Number number ->
          value.isNumber()
              && agrees(
                  comparison.operator(), Long.compare(value.asLong(), number.number()), false);
      case Filter.Value.Text text ->
          value.isTextual()
              && agrees(comparison.operator(), value.asText().compareTo(text.text()), true);
      case Filter.Value.Flag flag ->
          value.isBoolean()
              && agrees(
                  comparison.operator(), Boolean.compare(value.asBoolean(), flag.flag()), true);
      case Filter.Value.Moment moment -> holds(comparison.operator(), value, moment.time());
    };
  }

  private static boolean holds(Filter.Operator operator, JsonNode value, Instant time) {
    try {
      return agrees(operator, Instant.parse(value.asText()).compareTo(time), false);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /**
   * @param equalityOnly texts and flags know no less and no more (R70)
   */
  private static boolean agrees(Filter.Operator operator, int difference, boolean equalityOnly) {
    return switch (operator) {
      case EQUAL -> difference == 0;
      case DIFFERENT -> difference != 0;
      case LESS -> !equalityOnly && difference < 0;
      case LESS_OR_EQUAL -> !equalityOnly && difference <= 0;
      case GREATER -> !equalityOnly && difference > 0;
      case GREATER_OR_EQUAL -> !equalityOnly && difference >= 0;
    };
  }
}
