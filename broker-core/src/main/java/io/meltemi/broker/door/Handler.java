package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.broker.Reply;
import io.meltemi.model.Page;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import java.util.Optional;
import java.util.Set;

/** What the broker does with the resources of one kind. What it cannot do it refuses. */
interface Handler {
  /** The resource, as far as the caller may see it. */
  Optional<Resource> read(Caller caller, Place place);

  Page list(Caller caller, Place place, Query query);

  default Reply create(Request request, Place place, ObjectNode body) {
    throw refused(place, "add").asException();
  }

  default Reply update(Request request, Place place, ObjectNode body, Set<String> only) {
    throw refusedOn(request, place, "edit");
  }

  default Reply delete(Request request, Place place) {
    throw refusedOn(request, place, "delete");
  }

  default Reply act(Request request, Place place, String operation, ObjectNode input) {
    throw refusedOn(request, place, operation);
  }

  private RuntimeException refusedOn(Request request, Place place, String operation) {
    return read(request.caller(), place)
        .map(resource -> refused(place, operation).asException())
        .orElseGet(() -> Refusals.notFound(place.path()));
  }

  private static Problem refused(Place place, String operation) {
    return Refusals.unsupported(place.kind(), operation, Set.of());
  }
}
