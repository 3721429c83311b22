package io.meltemi.model.wire;

import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Selection;
import java.util.Map;

/**
 * References that are shown with their targets (R77). A target that is not here stays a reference.
 *
 * @param attributes names of the attributes that are expanded
 * @param resources targets by path
 * @param pages target collections by path
 */
public record Expansion(
    Selection attributes, Map<String, Resource> resources, Map<String, Page> pages) {
  public static final Expansion NONE = new Expansion(Selection.NONE, Map.of(), Map.of());

  public Expansion {
    resources = Map.copyOf(resources);
    pages = Map.copyOf(pages);
  }
}
