package io.meltemi.broker.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a change left behind, for those who hear of it after the commit.
 *
 * @param rows by id, as they are now; empty for deleted ones
 * @param tasks true when a task was stored
 * @param events how many were recorded
 */
record Committed(Map<String, Optional<Row>> rows, boolean tasks, int events) {
  static final Committed NOTHING = new Committed(Map.of(), false, 0);

  Committed and(Committed later) {
    Map<String, Optional<Row>> all = new LinkedHashMap<>(rows);
    all.putAll(later.rows);
    return new Committed(all, tasks || later.tasks, events + later.events);
  }
}
