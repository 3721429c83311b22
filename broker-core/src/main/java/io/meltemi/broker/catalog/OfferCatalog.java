package io.meltemi.broker.catalog;

import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.Residents;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The catalogue in memory: a shelf for each account, less what was placed since it was filled. */
public final class OfferCatalog implements Catalog {
  private final Residents residents;
  private final Predicate<String> takesOrders;
  private final Map<String, Shelf> shelves = new TreeMap<>();
  private final Map<String, List<Offer>> made = new HashMap<>();
  private final Map<String, Offer> byId = new HashMap<>();

  /** The provider's ids of networks that were ordered, by account. */
  private final Map<String, Set<String>> ordered = new HashMap<>();

  /** Accounts whose offers are offered. */
  private Set<String> open = Set.of();

  private long seen = -1;
  private long generation = 1;

  /**
   * @param takesOrders whether orders may be placed on an account
   */
  public OfferCatalog(Residents residents, Predicate<String> takesOrders) {
    this.residents = residents;
    this.takesOrders = takesOrders;
  }

  @Override
  public synchronized Snapshot offers(String tenant) {
    refresh();
    List<Offer> all = new ArrayList<>();
    shelves.forEach((id, shelf) -> {
      if (open.contains(id) && shelf.account().serves(tenant)) {
        all.addAll(made.getOrDefault(id, List.of()));
      }
    });
    return new Snapshot(generation, all);
  }

  @Override
  public void catchUp() {
    residents.catchUp();
  }

  @Override
  public synchronized List<Network> networks(String tenant) {
    refresh();
    return shelves.values().stream()
        .filter(shelf -> shelf.account().serves(tenant))
        .flatMap(
            shelf -> shelf.networks(ordered.getOrDefault(shelf.account().id(), Set.of())).stream())
        .toList();
  }

  @Override
  public synchronized Optional<Offer> offer(String id) {
    refresh();
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public Optional<Set<Capability>> everywhere(String account) {
    return shelf(account)
        .flatMap(shelf ->
            shelf.inventory().places().stream()
                .map(Inventory.Place::abilities)
                .reduce(OfferCatalog::both));
  }

  @Override
  public Optional<Set<Capability>> at(String account, String location) {
    return shelf(account).stream()
        .flatMap(shelf -> shelf.inventory().places().stream())
        .filter(place -> place.location().id().equals(location))
        .map(Inventory.Place::abilities)
        .findFirst();
  }

  private static Set<Capability> both(Set<Capability> one, Set<Capability> other) {
    Set<Capability> both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  @Override
  public Optional<Learnt> learnt(String account) {
    return shelf(account).map(Shelf::learnt);
  }

  /** The account has these offers from now on. */
  synchronized void put(Shelf shelf) {
    Shelf before = shelves.put(shelf.account().id(), shelf);
    if (!shelf.equals(before)) seen = -1;
  }

  /** What the account told could not be asked for again. */
  synchronized void remember(String account) {
    shelf(account).ifPresent(shelf -> put(shelf.remembered()));
  }

  /** The account has no offers any more. */
  synchronized void remove(String account) {
    if (shelves.remove(account) != null) seen = -1;
  }

  synchronized Optional<Shelf> shelf(String account) {
    return Optional.ofNullable(shelves.get(account));
  }

  private Shelf.Placed placed(String account, Shelf shelf) {
    Instant counted = shelf.inventory().observed();
    return new Shelf.Placed(
        residents.placedSince(account, MachineBook.KIND, counted),
        residents.placedSince(account, VolumeBook.KIND, counted),
        residents.placedOfTypesSince(account, counted),
        residents.networks(account),
        residents.networkIds(account),
        residents.networkingSince(account, counted));
  }

  /** Makes offers anew when a shelf or what is placed on it has changed. */
  private void refresh() {
    Set<String> now = shelves.keySet().stream().filter(takesOrders).collect(Collectors.toSet());
    if (!now.equals(open)) generation++;
    open = now;
    make();
  }

  private void make() {
    long now = residents.version();
    if (now == seen) return;
    seen = now;
    Map<String, List<Offer>> fresh = new HashMap<>();
    ordered.clear();
    shelves.forEach((id, shelf) -> {
      Shelf.Placed placed = placed(id, shelf);
      ordered.put(id, placed.ordered());
      fresh.put(id, shelf.offers(placed));
    });
    if (fresh.equals(made)) return;
    generation++;
    made.clear();
    made.putAll(fresh);
    byId.clear();
    made.values().forEach(offers -> offers.forEach(offer -> byId.put(offer.id(), offer)));
  }
}
