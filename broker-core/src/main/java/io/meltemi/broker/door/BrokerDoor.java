package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Broker;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Intent;
import io.meltemi.broker.Query;
import io.meltemi.broker.Reply;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Kinds;
import java.util.Map;
import java.util.Set;

/** Finds the place that is meant and hands the request to the handler of its kind. */
public final class BrokerDoor implements Broker {
  /** Kinds whose orders are placed, so that the decision can be tried alone. */
  static final Set<String> PLACED =
      Set.of(MachineHandler.KIND, VolumeHandler.KIND, NetworkHandler.KIND);

  private final Kinds kinds;
  private final Places places;
  private final Books books;
  private final Handler stored;
  private final Map<String, Handler> handlers;

  public BrokerDoor(Rooms rooms) {
    Wiring wiring = new Wiring(rooms);
    this.kinds = rooms.desk().kinds();
    this.places = new Places(kinds);
    this.books = wiring.books();
    this.stored = wiring.stored();
    this.handlers = Map.copyOf(wiring.handlers());
  }

  @Override
  public Kinds kinds() {
    return kinds;
  }

  @Override
  public Resource read(Caller caller, String id) {
    Place place = places.resource(id);
    return handler(place).read(caller, place).orElseThrow(() -> Refusals.notFound(id));
  }

  @Override
  public Page list(Caller caller, String collection, Query query) {
    Place place = places.collection(collection);
    place.owner().ifPresent(owner -> read(caller, owner));
    return handler(place).list(caller, place, query);
  }

  @Override
  public Reply create(Caller caller, String collection, ObjectNode body, Intent intent) {
    Place place = places.collection(collection);
    place.owner().ifPresent(owner -> read(caller, owner));
    Request request = new Request(caller, intent);
    if (!PLACED.contains(place.kind().name())) {
      Refusals.dryRun(intent);
    }
    return books.before(request).orElseGet(() -> handler(place).create(request, place, body));
  }

  @Override
  public Reply update(Caller caller, String id, ObjectNode body, Set<String> only, Intent intent) {
    Place place = places.resource(id);
    Refusals.dryRun(intent);
    return handler(place).update(new Request(caller, intent), place, body, only);
  }

  @Override
  public Reply delete(Caller caller, String id, Intent intent) {
    Place place = places.resource(id);
    Refusals.dryRun(intent);
    return handler(place).delete(new Request(caller, intent), place);
  }

  @Override
  public Reply act(Caller caller, String id, String operation, ObjectNode input, Intent intent) {
    Place place = places.any(id);
    Refusals.dryRun(intent);
    Request request = new Request(caller, intent);
    return books
        .before(request)
        .orElseGet(() -> handler(place).act(request, place, operation, input));
  }

  private Handler handler(Place place) {
    return handlers.getOrDefault(place.kind().name(), stored);
  }
}
