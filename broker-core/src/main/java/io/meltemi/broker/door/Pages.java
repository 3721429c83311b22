package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.query.FilterEvaluator;
import io.meltemi.model.query.Orderings;
import java.util.List;

/** Makes pages of what was found. */
final class Pages {
  private Pages() {}

  static Page of(Caller caller, Place place, long count, List<Resource> items) {
    return new Page(
        place.path(),
        place.owner().orElse("cloudEntryPoint"),
        place.kind(),
        count,
        items,
        Permits.offered(caller, place.kind()));
  }

  /**
   * A page of resources which are derived, in no index, and thus filtered, ordered and cut here
   * (R69 to R78).
   */
  static Page of(Caller caller, Place place, List<Resource> all, Query query) {
    List<Resource> matching =
        all.stream()
            .filter(each -> holds(query, each))
            .sorted(Orderings.comparator(query.order(), Pages::value))
            .toList();
    return of(caller, place, matching.size(), range(matching, query));
  }

  private static boolean holds(Query query, Resource resource) {
    return query
        .filter()
        .map(filter -> FilterEvaluator.matches(filter, name -> value(resource, name)))
        .orElse(true);
  }

  private static JsonNode value(Resource resource, String attribute) {
    return attribute.equals("id")
        ? TextNode.valueOf(resource.id())
        : resource.attributes().path(attribute);
  }

  private static List<Resource> range(List<Resource> matching, Query query) {
    long from = Math.max(1, query.first().orElse(1)) - 1;
    long to = Math.min(matching.size(), query.last().orElse(matching.size()));
    return from >= to ? List.of() : matching.subList((int) from, (int) to);
  }
}
