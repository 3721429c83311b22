package io.meltemi.broker.door;

import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads paths: an even number of segments is a resource, an odd one a collection, but for the entry
 * points, which have one segment and are resources.
 */
final class Places {
  private static final int LONGEST = 128;
  private static final int DEEPEST = 8;

  private final Map<String, ResourceKind> atTop = new HashMap<>();
  private final Map<String, Map<String, ResourceKind>> below = new HashMap<>();

  Places(Kinds kinds) {
    for (ResourceKind kind : kinds.all()) {
      if (kind.parent().isEmpty()) {
        atTop.putIfAbsent(kind.segment(), kind);
      } else {
        below(kind.parent().get()).putIfAbsent(kind.segment(), kind);
      }
    }
    for (ResourceKind owner : kinds.all()) {
      for (Attribute attribute : owner.attributes()) {
        if (attribute.type() instanceof Type.Members some) {
          kinds
              .find(some.item())
              .ifPresent(kind -> below(owner.name()).putIfAbsent(attribute.name(), kind));
        }
      }
    }
  }

  /** What stands in a kind's collections: kinds declared below it, else what it refers to. */
  private Map<String, ResourceKind> below(String owner) {
    return below.computeIfAbsent(owner, name -> new HashMap<>());
  }

  /** The resource at a path; 404 when no kind stands there. */
  Place resource(String path) {
    return find(path)
        .filter(place -> !place.isCollection())
        .orElseThrow(() -> Refusals.notFound(path));
  }

  /** The resource or collection at a path; 404 when no kind stands there. */
  Place any(String path) {
    return find(path).orElseThrow(() -> Refusals.notFound(path));
  }

  /** The collection at a path; 404 when no kind stands there. */
  Place collection(String path) {
    return find(path).filter(Place::isCollection).orElseThrow(() -> Refusals.notFound(path));
  }

  Optional<Place> find(String path) {
    List<String> segments = List.of(path.split("/", -1));
    if (segments.size() > DEEPEST || !segments.stream().allMatch(Places::possible)) {
      return Optional.empty();
    }
    ResourceKind kind = atTop.get(segments.getFirst());
    for (int at = 2; at < segments.size() && kind != null; at += 2) {
      kind = below.getOrDefault(kind.name(), Map.of()).get(segments.get(at));
    }
    return Optional.ofNullable(kind).map(found -> place(found, path, segments));
  }

  /** What ids and names of collections are made of. */
  private static boolean possible(String segment) {
    for (int at = 0; at < segment.length(); at++) {
      char c = segment.charAt(at);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letter && "_.:@-".indexOf(c) < 0) return false;
    }
    return !segment.isEmpty() && segment.length() <= LONGEST;
  }

  private static Place place(ResourceKind kind, String path, List<String> segments) {
    if (segments.size() == 1 && isEntryPoint(kind)) {
      return new Place(kind, path, "", Optional.empty());
    }
    int depth = segments.size();
    int last = depth % 2 == 1 ? depth - 1 : depth - 2;
    String collection = String.join("/", segments.subList(0, last + 1));
    Optional<String> owner =
        last == 0 ? Optional.empty() : Optional.of(String.join("/", segments.subList(0, last)));
    return new Place(kind, path, collection, owner);
  }

  private static boolean isEntryPoint(ResourceKind kind) {
    return kind.catalogue().isEmpty() && kind.parent().isEmpty();
  }
}
