package io.meltemi.broker.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meltemi.model.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Slows down wrong log-ins: after five wrong tries for a name each further one doubles the pause in
 * which that name is not tried, up to half a minute. Names that no user has are treated alike.
 */
final class Throttle {
  private static final int FREE = 5;
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Longer names, which nobody has, are slowed by how they begin: they must not fill memory. */
  private static final int LONGEST_NAME = 64;

  private static final int LANES = 64;

  private final Clock clock;
  private final Cache<String, Wrong> wrong =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(15)).build();

  private final ReentrantLock[] lanes = new ReentrantLock[LANES];

  Throttle(Clock clock) {
    this.clock = clock;
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = new ReentrantLock();
    }
  }

  /** Runs the tries of one name one after the other; nobody waits for long. */
  <T> T inTurn(String name, Supplier<T> attempt) {
    ReentrantLock lane = lanes[Math.floorMod(cut(name).hashCode(), LANES)];
    try {
      if (!lane.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Passwords.busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Passwords.busy();
    }
    try {
      return attempt.get();
    } finally {
      lane.unlock();
    }
  }

  private static String cut(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  /** Refuses with 429 while the name is paused. */
  void check(String name) {
    Wrong before = wrong.getIfPresent(cut(name));
    if (before == null || !clock.instant().isBefore(before.until())) {
      return;
    }
    long seconds = Math.max(1, Duration.between(clock.instant(), before.until()).toSeconds());
    throw Problem.of(
            429,
            "identity.slowed",
            "too many wrong log-ins for this name",
            "wait " + seconds + " s, then try again; API tokens are not concerned")
        .asException();
  }

  void failed(String name) {
    wrong
        .asMap()
        .compute(cut(name), (key, before) -> after(before == null ? 1 : before.tries() + 1));
  }

  void succeeded(String name) {
    wrong.invalidate(cut(name));
  }

  private Wrong after(int tries) {
    if (tries < FREE) {
      return new Wrong(tries, Instant.MIN);
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(tries - FREE, 5));
    return new Wrong(tries, clock.instant().plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause));
  }

  private record Wrong(int tries, Instant until) {}
}
