package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What memory always knows of a row. */
final class Entry {
  static final Comparator<Entry> BY_CREATION =
      Comparator.comparing((Entry entry) -> entry.created).thenComparing(entry -> entry.id);

  final String id;
  final String tenant;
  final String kind;

  /** Empty at the top. */
  final String parent;

  final Instant created;
  final long generation;

  /** Of the kind's indexed attributes, in their order. */
  final List<JsonNode> values;

  /** Its place among the rows of its kind. */
  int slot;

  Entry(Row row, List<String> indexed) {
    this.id = row.id();
    this.tenant = row.tenant();
    this.kind = row.kind();
    this.parent = row.parent().orElse("");
    this.created = row.created();
    this.generation = row.generation();
    this.values = indexed.stream().map(attribute -> Attributes.of(row, attribute)).toList();
  }
}
