package io.meltemi.broker;

import io.meltemi.model.query.Filter;
import io.meltemi.model.query.Ordering;
import io.meltemi.model.schema.Face;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What part of a collection is wanted (R69 to R78): filter, then order, then range.
 *
 * @param face through which the items are read
 * @param filter all must hold; empty takes everything
 * @param order first by the first; without it by creation
 * @param first 1-based ordinal, inclusive
 * @param last 1-based ordinal, inclusive
 */
public record Query(
    Face face,
    Optional<Filter> filter,
    List<Ordering> order,
    OptionalLong first,
    OptionalLong last) {

  /** Everything. */
  public static Query all(Face face) {
    return new Query(face, Optional.empty(), List.of(), OptionalLong.empty(), OptionalLong.empty());
  }

  public Query {
    order = List.copyOf(order);
  }

  /** Names of the attributes that filter and order look at. */
  public Set<String> attributes() {
    Set<String> all = new HashSet<>();
    filter.ifPresent(asked -> all.addAll(asked.attributes()));
    order.forEach(term -> all.add(term.attribute()));
    return all;
  }
}
