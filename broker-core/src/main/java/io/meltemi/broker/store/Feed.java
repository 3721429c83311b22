package io.meltemi.broker.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings to this replica what all replicas committed. Events get their positions here, after they
 * became visible, so positions have no gap that fills later and follow the order of commits;
 * whoever sees events without a position first numbers them for all.
 */
final class Feed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
  private static final int EVENTS_AT_ONCE = 1000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** Longer without a look means that memory may be old. */
  private static final Duration BEHIND = Duration.ofSeconds(5);

  private final Pool pool;
  private final Replica replica;
  private final Semaphore pokes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean open = true;
  private volatile long lookedAt = System.nanoTime();

  Feed(Pool pool, Replica replica) {
    this.pool = pool;
    this.replica = replica;
    this.thread = Thread.ofPlatform().name("store-feed").start(this::work);
  }

  /** Something was committed here: look at once. */
  void poke() {
    pokes.release();
  }

  /** False when others' changes may be missing here. */
  boolean isCurrent() {
    return System.nanoTime() - lookedAt < BEHIND.toNanos();
  }

  private void work() {
    try {
      while (open) {
        if (pokes.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) pokes.drainPermits();
        look();
      }
    } catch (InterruptedException e) {
      open = false;
    }
  }

  private void look() {
    long now = System.nanoTime();
    try {
      number();
      boolean more = true;
      while (more) more = takeIn();
      lookedAt = now;
    } catch (StoreException e) {
      if (open) LOG.warn("Changes of other replicas cannot be read: {}", e.getMessage());
    }
  }

  private void number() {
    try (var session = pool.session()) {
      var events = new EventTable(session);
      if (!events.waitForNumbers()) return;
      session.begin();
      try {
        events.number();
        session.commit();
      } catch (StoreException e) {
        session.rollback();
        throw e;
      }
    }
  }

  private boolean takeIn() {
    List<Event> events =
        pool.read(session ->
            new EventTable(session).after(Store.EVERYBODY, replica.position(), EVENTS_AT_ONCE));
    if (events.isEmpty()) return false;
    Map<String, Optional<Row>> rows = new HashMap<>();
    for (Event event : events) rows.put(event.resource(), Optional.empty());
    for (Row row : pool.rows(rows.keySet())) rows.put(row.id(), Optional.of(row));
    replica.memory().apply(rows);
    replica.tasks().call();
    replica.reached(events.getLast().position());
    return events.size() == EVENTS_AT_ONCE;
  }

  @Override
  public void close() {
    open = false;
    poke();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
