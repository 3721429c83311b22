package io.meltemi.api.handler;

import io.meltemi.broker.Query;
import io.meltemi.model.query.FilterParser;
import io.meltemi.model.query.Orderings;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.wire.Codec;
import java.util.OptionalLong;

/** Which part of a collection a request wants (R69 to R78). */
final class Queries {
  /** Items of one answer; {@code count} tells that there are more (R33). */
  static final int MOST_ITEMS = 1000;

  private Queries() {}

  static Query of(Ask ask, Codec codec, ResourceKind kind) {
    long first = Parameters.ordinal(ask, "$first").orElse(1);
    long last = Parameters.ordinal(ask, "$last").orElse(Long.MAX_VALUE);
    long from = Math.max(1, first);
    return new Query(
        ask.face(),
        FilterParser.parse(ask.parameters("$filter"))
            .map(filter -> codec.readFilter(filter, kind, Views.plain(ask))),
        Orderings.parse(ask.parameters("$orderby")),
        OptionalLong.of(from),
        OptionalLong.of(Math.min(last, from + MOST_ITEMS - 1)));
  }
}
