package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import java.util.Optional;
import java.util.Set;

/** The entry points. Their links follow from what their kinds declare. */
final class EntryPointHandler implements Handler {
  private final String started;

  EntryPointHandler(Desk desk) {
    this.started = desk.now().toString();
  }

  @Override
  public Optional<Resource> read(Caller caller, Place place) {
    ObjectNode attributes = DerivedHandler.object();
    attributes.put("name", "Meltemi");
    attributes.put("description", "A broker over several clouds");
    attributes.put("created", started).put("updated", started);
    return Optional.of(new Resource(place.kind(), place.path(), 1, attributes, Set.of()));
  }

  /** An entry point is no collection. */
  @Override
  public Page list(Caller caller, Place place, Query query) {
    throw Refusals.notFound(place.path());
  }
}
