package io.meltemi.broker.watch;

import io.meltemi.broker.store.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when providers have shown states which end by themselves and which no job waits for. A
 * broker that starts anew counts anew.
 */
final class Underway {
  private final Clock clock;
  private final Map<String, Shown> shown = new ConcurrentHashMap<>();

  private record Shown(String state, Instant since) {}

  Underway(Clock clock) {
    this.clock = clock;
  }

  /** Nothing is under way, or a job waits for it. */
  void over(Row row) {
    shown.remove(row.id());
  }

  /** That the provider has shown this state for longer than that; empty as long as it has not. */
  Optional<String> tooLong(Row row, String state, Duration limit) {
    Instant now = clock.instant();
    Shown first =
        shown.compute(
            row.id(),
            (id, before) ->
                before != null && before.state().equals(state) ? before : new Shown(state, now));
    return now.isBefore(first.since().plus(limit))
        ? Optional.empty()
        : Optional.of(
            "the provider has shown %s since %s"
                .formatted(state, first.since().truncatedTo(ChronoUnit.SECONDS)));
  }
}
