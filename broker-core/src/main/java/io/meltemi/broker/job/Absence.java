package io.meltemi.broker.job;

import io.meltemi.broker.place.Adoption;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one read does not show is not lost: a gateway before the provider answers 404 too, and a
 * provider may be behind its own answers. It is lost when it is not shown for a while and the
 * provider does not list it either.
 */
final class Absence {
  private static final Duration SURE = Duration.ofSeconds(30);

  /** In a task's memory: when the step first did not see what it has in hand. */
  private static final String SINCE = "absentSince";

  private Absence() {}

  /**
   * Goes on with what a read of the thing in hand showed, or looks again.
   *
   * @param lost what comes when the provider no longer has it
   */
  static <T> Next or(Work work, Optional<T> seen, Function<T, Next> there, Supplier<Next> lost) {
    if (seen.isPresent()) {
      forget(work);
      return there.apply(seen.get());
    }
    return sure(work) ? lost.get() : work.look("the provider does not show it");
  }

  /** What an earlier step did not see says nothing of this one. */
  static void forget(Work work) {
    work.memory().remove(SINCE);
  }

  private static boolean sure(Work work) {
    Row row = work.row();
    Optional<Handle> handle = handle(row);
    if (handle.isEmpty()) return true;
    if (!work.memory().has(SINCE)) work.memory().put(SINCE, work.now().toString());
    Instant since = Instant.parse(work.memory().path(SINCE).asText());
    if (work.now().isBefore(since.plus(SURE))) return false;
    if (!listed(work.connector(), row).contains(handle.get())) return true;
    forget(work);
    return false;
  }

  private static Optional<Handle> handle(Row row) {
    return Made.of(row).map(Made::handle).orElseGet(() -> Placed.of(row).flatMap(Placed::handle));
  }

  private static List<Handle> listed(Connector connector, Row row) {
    Optional<Made> made = Made.of(row);
    if (made.isPresent()) return Shots.of(connector, Shots.Sort.of(row)).find(made.get().token());
    if (Adoption.is(row)) {
      return connector.machines().foreign().stream().map(Observation::handle).toList();
    }
    return Stock.of(connector, row).find(Placed.of(row).orElseThrow().token());
  }
}
