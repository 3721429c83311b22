package io.meltemi.broker.door;

import static io.meltemi.broker.door.DerivedHandler.object;
import static io.meltemi.broker.door.DerivedHandler.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.broker.event.Happening;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The events of a tenant which are still kept, in commit order. */
final class EventHandler implements Handler {
  private static final int AT_ONCE = 1000;

  private final Store store;

  EventHandler(Store store) {
    this.store = store;
  }

  @Override
  public Optional<Resource> read(Caller caller, Place place) {
    String position = place.path().substring(place.path().lastIndexOf('/') + 1);
    if (!position.matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    long wanted = Long.parseLong(position);
    return store.events(caller.tenant(), wanted - 1, 1).stream()
        .filter(event -> event.position() == wanted && Happening.isFor(caller, event))
        .map(event -> resource(place.kind(), event))
        .findFirst();
  }

  @Override
  public Page list(Caller caller, Place place, Query query) {
    List<Resource> all = new ArrayList<>();
    long after = store.firstPosition();
    List<Event> some = store.events(caller.tenant(), after, AT_ONCE);
    while (!some.isEmpty()) {
      some.stream()
          .filter(event -> Happening.isFor(caller, event))
          .forEach(event -> all.add(resource(place.kind(), event)));
      some = store.events(caller.tenant(), some.getLast().position(), AT_ONCE);
    }
    return Pages.of(caller, place, all, query);
  }

  private static Resource resource(ResourceKind kind, Event event) {
    ObjectNode attributes = object();
    attributes.put("position", event.position()).put("type", event.type());
    attributes.set("resource", reference(event.resource()));
    attributes.put("kind", event.kind()).put("time", event.time().toString());
    attributes.put("created", event.time().toString());
    attributes.set("content", event.content());
    return new Resource(kind, "events/" + event.position(), 1, attributes, Set.of());
  }
}
