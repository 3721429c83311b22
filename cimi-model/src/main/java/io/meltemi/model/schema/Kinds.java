package io.meltemi.model.schema;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All resource types of a server, by name and by place. */
public final class Kinds {
  private final Map<String, ResourceKind> byName = new LinkedHashMap<>();

  public Kinds(List<ResourceKind> kinds) {
    for (ResourceKind kind : kinds) {
      if (byName.put(kind.name(), kind) != null) {
        throw new IllegalArgumentException("declared twice: " + kind.name());
      }
    }
  }

  public Collection<ResourceKind> all() {
    return List.copyOf(byName.values());
  }

  /** The kind of that name; one that was never declared is a mistake of ours. */
  public ResourceKind get(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no such kind: " + name));
  }

  public Optional<ResourceKind> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The kind of what stands in a collection.
   *
   * @param parent name of the owning resource's kind; empty at the top
   */
  public Optional<ResourceKind> in(Face face, Optional<String> parent, String segment) {
    return byName.values().stream()
        .filter(kind -> kind.faces().contains(face))
        .filter(kind -> kind.parent().equals(parent) && kind.segment().equals(segment))
        .findFirst();
  }
}
