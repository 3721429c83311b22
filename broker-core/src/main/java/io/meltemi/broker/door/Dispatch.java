package io.meltemi.broker.door;

import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.pivot.Order;
import io.meltemi.placement.Decision;
import io.meltemi.placement.Placement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides where an order runs, on facts that are in memory: no provider is called. */
final class Dispatch {
  private final Store store;
  private final Catalog catalog;
  private final Placement placement;

  Dispatch(Store store, Catalog catalog, Placement placement) {
    this.store = store;
    this.catalog = catalog;
    this.placement = placement;
  }

  Decision decide(String tenant, Order order) {
    Catalog.Snapshot snapshot = catalog.offers(tenant);
    return placement.decide(
        order,
        snapshot.offers().stream().filter(offer -> offer.isFor(order)).toList(),
        snapshot.generation(),
        order.terms().rules().orElse(Placement.STANDARD),
        order.terms().policy().orElse(Placement.FIRST_FIT),
        running(tenant));
  }

  /** The tenant's machines by account and location. */
  private Map<String, Integer> running(String tenant) {
    Map<String, Integer> running = new HashMap<>();
    for (Row machine : machines(store, tenant)) {
      var placed = machine.inner().path("placed");
      if (placed.isObject()) {
        String place = placed.path("account").asText() + "/" + placed.path("location").asText();
        running.merge(place, 1, Integer::sum);
      }
    }
    return running;
  }

  /** All machines of a tenant. */
  static List<Row> machines(Store store, String tenant) {
    return store
        .list(
            tenant,
            MachineHandler.KIND,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            0,
            Integer.MAX_VALUE)
        .rows();
  }
}
