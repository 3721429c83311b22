package io.meltemi.broker.watch;

import io.meltemi.broker.job.JobOf;
import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Row by row: what the provider shows against what the book says. Removes nothing itself; a second
 * object of a machine goes to the sweep list, an object whose token the book does not know is told
 * and never touched.
 */
final class Comparison {
  private final Tools tools;
  private final MachineBook machines;
  private final Notes notes;

  Comparison(Tools tools) {
    this.tools = tools;
    this.machines = new MachineBook(tools.clock());
    this.notes = new Notes(tools);
  }

  /**
   * @param rows as they were before the provider was asked
   */
  void compare(String account, Connector connector, List<Row> rows, List<Observation> seen) {
    Map<Handle, Row> byHandle = new HashMap<>();
    Map<Token, Row> byToken = new HashMap<>();
    for (Row row : rows) {
      Placed placed = Placed.of(row).orElseThrow();
      placed.handle().ifPresent(handle -> byHandle.put(handle, row));
      byToken.put(placed.token(), row);
    }
    for (Observation observation : seen) {
      Row row = byHandle.remove(observation.handle());
      if (row != null) {
        same(row, observation);
      } else {
        observation.token().ifPresent(token -> other(account, token, observation, byToken));
      }
    }
    byHandle.forEach((handle, row) -> missing(connector, handle, row));
  }

  /** What is under way at the provider is told when it has ended. */
  private void same(Row row, Observation seen) {
    if (seen.state().transitional() || agrees(row, seen) || JobOf.busy(tools.store(), row)) return;
    notes.write(
        row,
        (transaction, now) -> {
          Row after = machines.observed(transaction, now, seen.state(), seen);
          String words = difference(now, seen);
          if (!words.isEmpty()) machines.tell(transaction, after, "drift", words);
        });
  }

  private static boolean agrees(Row row, Observation seen) {
    return row.state().equals(seen.state().name()) && MachineBook.shows(row, seen);
  }

  /** What people should know of it. */
  private static String difference(Row row, Observation seen) {
    String before = row.inner().path("providerName").asText(seen.name());
    if (!row.state().equals(seen.state().name())) {
      return "was %s, and the provider shows %s%s"
          .formatted(
              row.state(), seen.state(), seen.reason().map(words -> ": " + words).orElse(""));
    }
    return before.equals(seen.name())
        ? ""
        : "its name at the provider was %s and is %s".formatted(before, seen.name());
  }

  /** An object that no row names by its handle. */
  private void other(String account, Token token, Observation seen, Map<Token, Row> byToken) {
    Row row = byToken.get(token);
    if (row == null) {
      notes.stranger(account, token, seen.handle());
    } else if (!JobOf.busy(tools.store(), row)) {
      ours(account, token, seen, row);
    }
  }

  private void ours(String account, Token token, Observation seen, Row row) {
    Placed placed = Placed.of(row).orElseThrow();
    notes.write(
        row,
        (transaction, now) -> {
          if (placed.handle().isPresent()) {
            Sweep.add(transaction, tools, now, account, token, placed.handle());
          } else {
            Row known = machines.at(transaction, now, placed.known(seen.handle()));
            Row back = machines.observed(transaction, known, seen.state(), seen);
            machines.tell(transaction, back, "drift", "the provider shows the machine again");
          }
        });
  }

  /** Lists may be behind: only what cannot be read either is lost. */
  private void missing(Connector connector, Handle handle, Row row) {
    if (JobOf.busy(tools.store(), row)) return;
    Optional<Observation> seen = connector.machines().read(handle);
    if (seen.isPresent()) {
      same(row, seen.get());
      return;
    }
    notes.write(
        row,
        (transaction, now) -> {
          String reason = "the provider no longer has the machine";
          Row after = machines.lost(transaction, now, reason);
          machines.tell(transaction, after, "drift", "was " + now.state() + ": " + reason);
        });
  }
}
