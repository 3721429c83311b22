package io.meltemi.api.handler;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.Broker;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.model.Page;
import io.meltemi.model.ProblemException;
import io.meltemi.model.Resource;
import io.meltemi.model.query.Selection;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import io.meltemi.model.wire.Expansion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Fetches what {@code $expand} shows in the place of references (R77), each as the caller may see
 * it. What the caller may not see stays a reference.
 */
final class Expander {
  /** Resources that one request may inline; beyond it is refused, never cut. */
  private static final int MOST = 1000;

  private final Broker broker;

  Expander(Broker broker) {
    this.broker = broker;
  }

  Expansion expand(Caller caller, Face face, List<Resource> shown, Selection names) {
    Gathered gathered = new Gathered(caller, face);
    for (Resource resource : shown) {
      for (Attribute attribute : resource.kind().attributes(face).values()) {
        if (names.has(attribute.name())) gathered.add(resource, attribute);
      }
    }
    return new Expansion(names, gathered.resources, gathered.pages);
  }

  /** What one request has gathered so far. */
  private final class Gathered {
    private final Caller caller;
    private final Face face;
    private final Map<String, Resource> resources = new HashMap<>();
    private final Map<String, Page> pages = new HashMap<>();
    private long count;

    Gathered(Caller caller, Face face) {
      this.caller = caller;
      this.face = face;
    }

    void add(Resource resource, Attribute attribute) {
      switch (attribute.type()) {
        case Type.Ref ref -> reference(resource.attributes().path(attribute.name()));
        case Type.Listing(Type.Ref ref, String item) ->
            resource.attributes().path(attribute.name()).forEach(this::reference);
        case Type.Members members ->
            members(collection(resource, attribute.name()), broker.kinds().get(members.item()));
        default -> {}
      }
    }

    private static String collection(Resource resource, String name) {
      return resource.id().equals(resource.kind().segment()) ? name : resource.id() + "/" + name;
    }

    private void reference(JsonNode node) {
      String path = node.path("href").asText();
      if (path.isEmpty() || resources.containsKey(path)) return;
      counted(1);
      seen(() -> broker.read(caller, path)).ifPresent(found -> resources.put(path, found));
    }

    private void members(String path, ResourceKind kind) {
      if (pages.containsKey(path)) return;
      Query bounded =
          new Query(
              face, Optional.empty(), List.of(), OptionalLong.empty(), OptionalLong.of(MOST + 1L));
      seen(() -> broker.list(caller, path, bounded))
          .ifPresent(page -> {
            counted(Math.max(1, page.items().size()));
            pages.put(path, page.as(kind));
          });
    }

    private void counted(int more) {
      count += more;
      if (count > MOST) {
        throw Refuse.parameter(
            "$expand",
            "$expand would show more than " + MOST + " resources.",
            "Expand fewer attributes, or cut the collection with $first and $last.");
      }
    }

    private static <T> Optional<T> seen(java.util.function.Supplier<T> read) {
      try {
        return Optional.of(read.get());
      } catch (ProblemException e) {
        if (e.problem().status() == 404) return Optional.empty();
        throw e;
      }
    }
  }
}
