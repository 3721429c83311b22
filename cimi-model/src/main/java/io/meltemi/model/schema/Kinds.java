package io.meltemi.model.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All resource types of a server, by name and by place. */
public final class Kinds {
  private static final List<Face> HOMES = List.of(Face.CIMI_2, Face.BROKER_1, Face.CIMI_1);

  private final Map<String, ResourceKind> byName = new LinkedHashMap<>();
  private final Map<String, ResourceKind> atTop = new HashMap<>();

  public Kinds(List<ResourceKind> kinds) {
    for (ResourceKind kind : kinds) {
      if (byName.put(kind.name(), kind) != null) {
        throw new IllegalArgumentException("declared twice: " + kind.name());
      }
      if (kind.served() && kind.parent().isEmpty() && atTop.put(kind.segment(), kind) != null) {
        throw new IllegalArgumentException("two kinds at the path " + kind.segment());
      }
    }
  }

  public Collection<ResourceKind> all() {
    return Collections.unmodifiableCollection(byName.values());
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
   * @param segment name of the collection's path segment, which is the owner's attribute
   */
  public Optional<ResourceKind> in(Face face, Optional<String> parent, String segment) {
    if (parent.isPresent()) {
      return find(parent.get()).flatMap(owner -> listedBy(owner, face, segment));
    }
    return Optional.ofNullable(atTop.get(segment)).filter(kind -> kind.faces().contains(face));
  }

  private Optional<ResourceKind> listedBy(ResourceKind owner, Face face, String segment) {
    Attribute attribute = owner.attributes(face).get(segment);
    return attribute != null && attribute.type() instanceof Type.Members members
        ? find(members.item()).filter(kind -> kind.faces().contains(face))
        : Optional.empty();
  }

  /**
   * The face in which a path is served when it is read from another: CIMI 2.0 before the broker's
   * own, 1.x last; the own face when it is served there or nowhere.
   */
  public Face home(String path, Face own) {
    return home(path, own, own);
  }

  /**
   * The face in which a path is served when one face shows it to who asked another: the own, else
   * the one that was asked, else its {@linkplain #home(String, Face) home}.
   */
  public Face home(String path, Face own, Face asked) {
    int slash = path.indexOf('/');
    ResourceKind kind = atTop.get(slash < 0 ? path : path.substring(0, slash));
    if (kind == null || kind.faces().contains(own)) {
      return own;
    }
    if (kind.faces().contains(asked)) return asked;
    return HOMES.stream().filter(kind.faces()::contains).findFirst().orElse(own);
  }
}
