package io.meltemi.broker.door;

import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads paths: an even number of segments is a resource, an odd one a collection, but for the entry
 * points, which have one segment and are resources.
 */
final class Places {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_.:@-]{1,128}");
  private static final int DEEPEST = 8;

  private final Kinds kinds;

  Places(Kinds kinds) {
    this.kinds = kinds;
  }

  /** The resource at a path; 404 when no kind stands there. */
  Place resource(String path) {
    return find(path)
        .filter(place -> !place.isCollection())
        .orElseThrow(() -> Refusals.notFound(path));
  }

  /** The collection at a path; 404 when no kind stands there. */
  Place collection(String path) {
    return find(path).filter(Place::isCollection).orElseThrow(() -> Refusals.notFound(path));
  }

  Optional<Place> find(String path) {
    List<String> segments = List.of(path.split("/", -1));
    if (segments.size() > DEEPEST
        || !segments.stream().allMatch(segment -> SEGMENT.matcher(segment).matches())) {
      return Optional.empty();
    }
    Optional<ResourceKind> kind = top(segments.getFirst());
    for (int at = 2; at < segments.size() && kind.isPresent(); at += 2) {
      kind = below(kind.get(), segments.get(at));
    }
    return kind.map(found -> place(found, path, segments));
  }

  private Optional<ResourceKind> top(String segment) {
    return kinds.all().stream()
        .filter(kind -> kind.parent().isEmpty() && kind.segment().equals(segment))
        .findFirst();
  }

  /** What stands in a resource's collection: kinds declared below it, else what it refers to. */
  private Optional<ResourceKind> below(ResourceKind owner, String segment) {
    Stream<ResourceKind> declared =
        kinds.all().stream()
            .filter(kind -> kind.parent().equals(Optional.of(owner.name())))
            .filter(kind -> kind.segment().equals(segment));
    Stream<ResourceKind> members =
        owner.attributes().stream()
            .filter(attribute -> attribute.name().equals(segment))
            .map(Attribute::type)
            .flatMap(type -> type instanceof Type.Members some ? Stream.of(some) : Stream.of())
            .flatMap(some -> kinds.find(some.item()).stream());
    return Stream.concat(declared, members).findFirst();
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
