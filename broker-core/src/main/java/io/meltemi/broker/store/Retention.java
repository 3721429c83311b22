package io.meltemi.broker.store;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long is kept what nobody needs for ever. Idempotency keys and API tokens carry their own
 * time; intervals of use are the base of bills and always kept.
 *
 * @param events after they happened; a reader who was away for longer is told to begin anew
 * @param jobs after they ended
 * @param decisions after they were made
 * @param facts changes of facts after they were told, but what is told still
 */
public record Retention(Duration events, Duration jobs, Duration decisions, Duration facts) {
  /** A month for all. */
  public static final Retention DEFAULT =
      new Retention(
          Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(30));

  public Retention {
    if (Stream.of(events, jobs, decisions, facts).anyMatch(Duration::isNegative)) {
      throw new IllegalArgumentException("retention cannot be negative");
    }
  }
}
