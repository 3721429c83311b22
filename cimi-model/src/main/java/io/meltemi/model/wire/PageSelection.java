package io.meltemi.model.wire;

import io.meltemi.model.query.Selection;
import java.util.HashSet;
import java.util.Set;

/**
 * What {@code $select} means for a collection (R76): its own names apply to it, the others to its
 * items; {@code id} applies to both, {@code machines/name} to the items, and {@code machines} shows
 * them whole.
 */
record PageSelection(Selection own, Selection items) {
  private static final Set<String> OWN = Set.of("id", "count", "operations", "parent");

  static PageSelection of(Selection select, String items) {
    if (select.all()) {
      return new PageSelection(Selection.ALL, Selection.ALL);
    }
    Set<String> own = new HashSet<>();
    Set<String> inner = new HashSet<>();
    for (String name : select.names()) {
      if (OWN.contains(name)) {
        own.add(name);
      } else {
        inner.add(name.startsWith(items + "/") ? name.substring(items.length() + 1) : name);
      }
    }
    if (own.contains("id") && !inner.isEmpty()) {
      inner.add("id");
    }
    return new PageSelection(
        own.isEmpty() ? Selection.ALL : new Selection(false, own),
        inner.contains(items) ? Selection.ALL : new Selection(false, inner));
  }
}
