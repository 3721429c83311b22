package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.model.query.Ordering;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;

/** Orders things by their attributes; those which are equal stay as they stand. */
final class Sorting {
  private Sorting() {}

  static <T> List<T> sorted(
      List<T> things, List<Ordering> order, BiFunction<T, String, JsonNode> values) {
    if (order.isEmpty()) return things;
    return things.stream()
        .map(thing -> new Keyed<>(thing, keys(thing, order, values)))
        .sorted(comparator(order))
        .map(Keyed::thing)
        .toList();
  }

  private record Keyed<T>(T thing, List<SortKey> keys) {}

  private static <T> List<SortKey> keys(
      T thing, List<Ordering> order, BiFunction<T, String, JsonNode> values) {
    return order.stream().map(each -> SortKey.of(values.apply(thing, each.attribute()))).toList();
  }

  private static Comparator<Keyed<?>> comparator(List<Ordering> order) {
    Comparator<Keyed<?>> all = (left, right) -> 0;
    for (int i = 0; i < order.size(); i++) {
      int at = i;
      Comparator<Keyed<?>> one = Comparator.comparing(keyed -> keyed.keys().get(at));
      all = all.thenComparing(order.get(i).descending() ? one.reversed() : one);
    }
    return all;
  }
}
