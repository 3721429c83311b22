package io.meltemi.broker.place;

import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.Handle;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.NetworkState;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which machines, volumes and ordered networks are where, in memory, kept true by the store's
 * events a moment after their commit: what placement must know beyond the offers.
 */
public final class Residents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Residents.class);
  private static final Set<String> KINDS =
      Set.of(MachineBook.KIND, VolumeBook.KIND, NetworkBook.KIND);
  private static final String CREATING = "CREATING";
  private static final int PAGE = 500;
  private static final long PAUSE_NANOS = 500_000_000;

  private final Store store;
  private final Map<String, Resident> residents = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();
  private final Semaphore news = new Semaphore(0);
  private final AutoCloseable subscription;
  private final Object reading = new Object();
  private final Consumer<String> left;
  private volatile boolean closing;
  private long position;

  private record Resident(
      String kind,
      String tenant,
      String account,
      String location,
      Optional<String> size,
      Amount amount,
      Optional<Instant> asked,
      Optional<Handle> handle,
      boolean adopted,
      String state,
      Optional<Instant> settled,
      NetworkAmount networking,
      boolean floating,
      Optional<Instant> lent) {}

  /**
   * @param left hears the account that one has left: there is more room than it last told
   */
  public Residents(Store store, Consumer<String> left) {
    this.store = store;
    this.left = left;
    this.position = store.lastPosition();
    KINDS.forEach(kind -> store.all(kind).forEach(row -> put(row, Optional.empty())));
    this.subscription = store.onEvents(news::release);
  }

  /** Begins to follow the store; returns at once. */
  public void start() {
    Thread.ofVirtual().name("residents").start(this::follow);
  }

  /** Grows with every change. */
  public long version() {
    return version.get();
  }

  /** Machines of a tenant by account, slash, location. */
  public Map<String, Integer> running(String tenant) {
    Map<String, Integer> count = new HashMap<>();
    for (Resident resident : residents.values()) {
      if (resident.kind().equals(MachineBook.KIND) && resident.tenant().equals(tenant)) {
        count.merge(resident.account() + "/" + resident.location(), 1, Integer::sum);
      }
    }
    return count;
  }

  /** Paths of what of a kind is or is being made on an account. */
  public List<String> on(String account, String kind) {
    return residents.entrySet().stream()
        .filter(entry -> entry.getValue().kind().equals(kind))
        .filter(entry -> entry.getValue().account().equals(account))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Networks ordered on an account that machines' cards can be in: the provider's ids by ours. */
  public Map<String, String> networks(String account) {
    Map<String, String> ids = new HashMap<>();
    residents.forEach((path, resident) -> {
      boolean joinable = resident.state().equals(NetworkState.STARTED.name());
      if (joinable && resident.account().equals(account)) {
        resident.handle().ifPresent(handle -> ids.put(path, handle.value()));
      }
    });
    return ids;
  }

  /** The provider's ids of all networks ordered on an account, whoever ordered them. */
  public Set<String> networkIds(String account) {
    Set<String> ids = new HashSet<>();
    for (Resident resident : residents.values()) {
      if (resident.kind().equals(NetworkBook.KIND) && resident.account().equals(account)) {
        resident.handle().ifPresent(handle -> ids.add(handle.value()));
      }
    }
    return ids;
  }

  /** Path of the row that tells of that object of the account. */
  public Optional<String> path(String account, Handle handle) {
    return residents.entrySet().stream()
        .filter(each -> each.getValue().account().equals(account))
        .filter(each -> each.getValue().handle().filter(handle::equals).isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * What of a kind was placed on an account and its provider may not have counted yet, by location.
   * What was adopted was there before.
   *
   * @param since when the provider counted
   */
  public Map<String, Amount> placedSince(String account, String kind, Instant since) {
    Map<String, Amount> taken = new HashMap<>();
    uncounted(account, kind, since)
        .forEach(each -> taken.merge(each.location(), each.amount(), Amount::plus));
    return taken;
  }

  /**
   * The same of volumes, by the provider's id of their type; without those of no certain type.
   *
   * @param since when the provider counted
   */
  public Map<String, Amount> placedOfTypesSince(String account, Instant since) {
    Map<String, Amount> taken = new HashMap<>();
    uncounted(account, VolumeBook.KIND, since)
        .forEach(
            each -> each.size().ifPresent(type -> taken.merge(type, each.amount(), Amount::plus)));
    return taken;
  }

  private Stream<Resident> uncounted(String account, String kind, Instant since) {
    return ordered(account, kind).filter(each -> !isBefore(each.asked(), since));
  }

  private Stream<Resident> ordered(String account, String kind) {
    return residents.values().stream()
        .filter(each -> each.account().equals(account) && each.kind().equals(kind))
        .filter(each -> !each.adopted());
  }

  private static boolean isBefore(Optional<Instant> time, Instant since) {
    return time.filter(at -> at.isBefore(since)).isPresent();
  }

  /**
   * What an account's provider may not have counted yet of networks, their ranges, machines' cards
   * and floating addresses: what was asked for since, and what still will be. Cards may come at any
   * time of their machine's creation, so until its end they may be counted twice, but never not at
   * all.
   *
   * @param since when the provider counted
   */
  public NetworkAmount networkingSince(String account, Instant since) {
    List<NetworkAmount> networks =
        uncounted(account, NetworkBook.KIND, since).map(Resident::networking).toList();
    long ports =
        ordered(account, MachineBook.KIND)
            .filter(each -> !isBefore(each.asked(), since) || !isBefore(each.settled(), since))
            .mapToLong(each -> each.networking().ports())
            .sum();
    long addresses =
        residents.values().stream()
            .filter(resident -> resident.floating() && resident.account().equals(account))
            .filter(resident -> !isBefore(resident.lent(), since))
            .count();
    return new NetworkAmount(
        networks.stream().mapToLong(NetworkAmount::networks).sum(),
        networks.stream().mapToLong(NetworkAmount::subnets).sum(),
        ports,
        addresses);
  }

  private void follow() {
    while (!closing) {
      try {
        news.drainPermits();
        catchUp();
        news.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        if (closing) return;
        LOG.warn("changes of machines and volumes cannot be read, tried again soon", e);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Returns when everything is known that was committed before. */
  public void catchUp() {
    synchronized (reading) {
      position = readAfter(position);
    }
  }

  private long readAfter(long last) {
    long now = last;
    List<Event> events = store.events(Store.EVERYBODY, now, PAGE);
    while (!events.isEmpty()) {
      for (Event event : events) {
        if (KINDS.contains(event.kind())) look(event);
      }
      now = events.getLast().position();
      events = store.events(Store.EVERYBODY, now, PAGE);
    }
    return now;
  }

  private void look(Event event) {
    String id = event.resource();
    boolean settles = event.content().path("before").asText().equals(CREATING);
    Optional<Instant> settled = settles ? Optional.of(event.time()) : Optional.empty();
    store
        .read(Store.EVERYBODY, id)
        .ifPresentOrElse(
            row -> put(row, settled), () -> changed(residents.remove(id), Optional.empty()));
  }

  private void put(Row row, Optional<Instant> settles) {
    Optional<Resident> now =
        Placed.of(row)
            .map(placed ->
                new Resident(
                    row.kind(),
                    row.tenant(),
                    placed.account(),
                    placed.spot().location(),
                    placed.spot().size(),
                    placed.amount(),
                    placed.asked(),
                    placed.handle(),
                    Adoption.is(row),
                    networkState(row),
                    settled(row, settles),
                    placed.networking(),
                    placed.floating(),
                    placed.lent().map(Lent::asked)));
    Resident before =
        now.isPresent() ? residents.put(row.id(), now.get()) : residents.remove(row.id());
    changed(before, now);
  }

  /**
   * When its creation ended; empty as long as it lasts.
   *
   * @param now when it did, if that is the news
   */
  private Optional<Instant> settled(Row row, Optional<Instant> now) {
    if (row.state().equals(CREATING)) return Optional.empty();
    if (now.isPresent()) return now;
    Resident before = residents.get(row.id());
    return before == null ? Optional.of(Instant.EPOCH) : before.settled();
  }

  /** What changes too often, and is asked of nothing else, would make offers anew. */
  private static String networkState(Row row) {
    return row.kind().equals(NetworkBook.KIND) ? row.state() : "";
  }

  private void changed(@Nullable Resident before, Optional<Resident> now) {
    if (now.equals(Optional.ofNullable(before))) return;
    version.incrementAndGet();
    boolean stays =
        now.map(Resident::account).equals(Optional.ofNullable(before).map(Resident::account));
    if (before != null && !stays) left.accept(before.account());
  }

  @Override
  public void close() {
    closing = true;
    news.release();
    try {
      subscription.close();
    } catch (Exception e) {
      throw new IllegalStateException("the store does not let go", e);
    }
  }
}
