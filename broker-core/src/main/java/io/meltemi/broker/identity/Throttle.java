package io.meltemi.broker.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.meltemi.model.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Slows down wrong log-ins: after five wrong tries for a name each further one doubles the pause in
 * which that name is not tried, up to half a minute. Names that no user has are treated alike.
 */
final class Throttle {
  private static final int FREE = 5;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Clock clock;
  private final Cache<String, Wrong> wrong =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(15)).build();

  Throttle(Clock clock) {
    this.clock = clock;
  }

  /** Refuses with 429 while the name is paused. */
  void check(String name) {
    Wrong before = wrong.getIfPresent(name);
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
    wrong.asMap().compute(name, (key, before) -> after(before == null ? 1 : before.tries() + 1));
  }

  void succeeded(String name) {
    wrong.invalidate(name);
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
