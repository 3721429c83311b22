package io.meltemi.connector.openstack;

import io.meltemi.connector.Handle;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nova tells nothing by itself: it is asked which servers changed since the last change that was
 * seen, in short pauses after a change of what a broker made, for more will follow, and every two
 * seconds when there was none for a while. That costs it little, for it answers with those alone,
 * and less than when each order looked for its own server as often.
 */
final class Watching implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
  private static final Duration AFTER_A_CHANGE = Duration.ofMillis(250);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private static final Optional<MachineState> BEING_BUILT = Optional.of(MachineState.CREATING);

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
        pause = look(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the pause after it. */
  private Duration look(Duration pause) {
    try {
      boolean news = tell(Faults.asking(() -> servers.changedSince(since)));
      return news ? AFTER_A_CHANGE : shorter(pause.multipliedBy(5).dividedBy(4), PAUSE);
    } catch (RuntimeException e) {
      LOG.debug("changes cannot be read now: {}", e.getMessage());
      return shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * What changed in the very second of the last change comes again each time. Servers that others
   * made are told too: they may be adopted. One that is still being built is not told of at each of
   * nova's steps.
   *
   * @return whether a server that a broker made has changed, told or not
   */
  private boolean tell(List<NovaServer> seen) {
    Set<Change> now = new HashSet<>();
    boolean news = false;
    for (NovaServer server : seen) {
      if (server.updated() == null) {
        continue;
      }
      Change change =
          new Change(server.id(), server.status(), server.task(), Instant.parse(server.updated()));
      now.add(change);
      if (!told.contains(change)) {
        news |= Tags.anybodys(server.tags());
        if (!States.of(server).equals(BEING_BUILT)) {
          changed.accept(new Handle(server.id()));
        }
      }
      if (change.at().isAfter(since)) {
        since = change.at();
      }
    }
    told = now;
    return news;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
