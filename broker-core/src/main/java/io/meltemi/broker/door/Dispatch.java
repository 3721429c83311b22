package io.meltemi.broker.door;

import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.place.Budget;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Mapping;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.VolumeOrder;
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
  private final QuotaUsers quotaUsers;

  Dispatch(Store store, Catalog catalog, Placement placement) {
    this.store = store;
    this.catalog = catalog;
    this.placement = placement;
    this.quotaUsers = new QuotaUsers(store);
  }

  Decision decide(String tenant, Order order) {
    // A network may be joined as soon as it is shown as STARTED.
    if (order instanceof MachineOrder machine && !machine.nics().isEmpty()) catalog.catchUp();
    Catalog.Snapshot snapshot = catalog.offers(tenant);
    Decision decision =
        placement.decide(
            order,
            snapshot.offers(),
            snapshot.generation(),
            order.terms().rules().orElse(Placement.STANDARD),
            order.terms().policy().orElse(Placement.FIRST_FIT),
            running(tenant));
    return decision.choices().isEmpty()
        ? quotaUsers.named(tenant, order, snapshot.offers(), decision)
        : decision;
  }

  /**
   * Without the choices before the first that the budget has room for; unchanged when there is
   * none, so that the claim tells what is wanting.
   */
  Decision within(Decision decision, Order order, Budget budget) {
    List<Decision.Choice> fitting =
        decision.choices().stream()
            .dropWhile(choice -> !budget.hasRoom(store, inAll(choice, order), Amount.NONE))
            .toList();
    return fitting.isEmpty() ? decision : decision.choosing(fitting);
  }

  /** With the volumes that are made with it. */
  private Amount inAll(Decision.Choice choice, Order order) {
    Amount taken = taken(choice, order);
    if (!(order instanceof MachineOrder machine)) return taken;
    return machine.newVolumes().stream().map(VolumeOrder::amount).reduce(taken, Amount::plus);
  }

  /** What the order takes at the best choice, without the volumes that are made with it. */
  Amount taken(Decision decision, Order order) {
    return taken(decision.choices().getFirst(), order);
  }

  /** What a volume would be at a choice. */
  Optional<Offer.VolumeType> type(Decision.Choice choice) {
    return catalog.offer(choice.offer()).flatMap(Offer::volumeType);
  }

  /** What a choice does not give as it was asked. */
  List<Mapping> deviations(Decision.Choice choice, Order order) {
    return catalog.offer(choice.offer()).stream()
        .flatMap(offer -> Mapping.of(order, offer).stream())
        .filter(each -> each.fidelity() != Mapping.Fidelity.EXACT)
        .toList();
  }

  private Amount taken(Decision.Choice choice, Order order) {
    return catalog.offer(choice.offer()).map(offer -> offer.taken(order)).orElse(order.amount());
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
