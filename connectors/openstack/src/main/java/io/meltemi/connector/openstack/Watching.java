package io.meltemi.connector.openstack;

import io.meltemi.connector.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nova tells nothing by itself: it is asked every two seconds which servers changed since the last
 * change that was seen. That costs it little, for it answers with those alone.
 */
final class Watching implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Servers servers;
  private final Supplier<Duration> rest;
  private final Consumer<Handle> changed;
  private final Thread thread;
  private Instant since;
  private Set<Change> told = new HashSet<>();

  private record Change(String id, String status, @Nullable String task, Instant at) {}

  /**
   * @param rest how long nova still wants no calls
   * @param since a moment before now; our clock and nova's may differ
   */
  Watching(Servers servers, Supplier<Duration> rest, Instant since, Consumer<Handle> changed) {
    this.servers = servers;
    this.rest = rest;
    this.since = since;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("openstack-watch").start(this::run);
  }

  private void run() {
    Duration pause = PAUSE;
    try {
      while (true) {
        Thread.sleep(pause);
        for (Duration left = rest.get(); !left.isZero(); left = rest.get()) Thread.sleep(left);
        pause = looked() ? PAUSE : longer(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private boolean looked() {
    try {
      tell(Faults.asking(() -> servers.changedSince(since)));
      return true;
    } catch (RuntimeException e) {
      LOG.debug("changes cannot be read now: {}", e.getMessage());
      return false;
    }
  }

  /**
   * What changed in the very second of the last change comes again each time. Servers that others
   * made are told too: they may be adopted.
   */
  private void tell(List<NovaServer> news) {
    Set<Change> now = new HashSet<>();
    for (NovaServer server : news) {
      if (server.updated() == null) {
        continue;
      }
      Change change =
          new Change(server.id(), server.status(), server.task(), Instant.parse(server.updated()));
      now.add(change);
      if (!told.contains(change)) {
        changed.accept(new Handle(server.id()));
      }
      if (change.at().isAfter(since)) {
        since = change.at();
      }
    }
    told = now;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
