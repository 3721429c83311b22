package io.meltemi.broker.watch;

import io.meltemi.broker.job.JobOf;
import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.PlacedBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Row by row: what the provider shows against what the book says. Removes nothing: what bears the
 * token of a row and is another object than the row's own is told, and so is an object whose token
 * the book does not know.
 *
 * @param <S> one object as its provider shows it
 */
abstract class Comparison<S> {
  private static final String ERROR = "ERROR";

  /** What takes as long as the copy of a disk. */
  private static final Set<String> COPYING = Set.of("CAPTURING", "RESTORING");

  private final Tools tools;
  private final Notes notes;

  Comparison(Tools tools, Notes notes) {
    this.tools = tools;
    this.notes = notes;
  }

  abstract Handle handle(S seen);

  abstract Optional<Token> token(S seen);

  abstract Optional<S> read(Connector connector, Handle handle);

  /** The state that its provider shows, if it is one that ends by itself. */
  abstract Optional<String> passing(S seen);

  /** True when there is nothing to write: row and provider agree. */
  abstract boolean settled(Row row, S seen);

  /** The row becomes what the provider shows, and what people should know is told. */
  abstract void differs(Transaction transaction, Row now, S seen);

  /** The object of an order that was given up is there after all. */
  abstract void back(Transaction transaction, Row now, Placed known, S seen);

  abstract void lost(Transaction transaction, Row now);

  abstract PlacedBook book();

  /**
   * @param rows as they were before the provider was asked
   */
  final void compare(String account, Connector connector, List<Row> rows, List<S> seen) {
    Map<Handle, Row> byHandle = new HashMap<>();
    Map<Token, Row> byToken = new HashMap<>();
    for (Row row : rows) {
      Placed placed = Placed.of(row).orElseThrow();
      placed.handle().ifPresent(handle -> byHandle.put(handle, row));
      byToken.put(placed.token(), row);
    }
    for (S each : seen) {
      Row row = byHandle.remove(handle(each));
      if (row != null) {
        same(row, each);
      } else {
        token(each).ifPresent(token -> other(account, token, each, byToken));
      }
    }
    byHandle.forEach((handle, row) -> missing(connector, handle, row));
  }

  private boolean busy(Row row) {
    return JobOf.busy(tools.store(), row);
  }

  private void same(Row row, S seen) {
    Optional<String> passing = passing(seen);
    if (passing.isPresent()) {
      underway(row, passing.get());
      return;
    }
    notes.underway().over(row);
    if (settled(row, seen) || busy(row)) return;
    notes.write(row, (transaction, now) -> differs(transaction, now, seen));
  }

  /** What is under way at the provider is told when it has ended, or does not end. */
  private void underway(Row row, String state) {
    if (busy(row)) {
      notes.underway().over(row);
      return;
    }
    notes
        .underway()
        .tooLong(row, state, limit(state))
        .filter(words -> !row.state().equals(ERROR))
        .ifPresent(words ->
            notes.write(row, (transaction, now) -> book().failed(transaction, now, words)));
  }

  private Duration limit(String state) {
    boolean copies = COPYING.contains(state);
    return copies ? tools.limits().capture() : tools.limits().build();
  }

  /** An object that no row names by its handle. */
  private void other(String account, Token token, S seen, Map<Token, Row> byToken) {
    Row row = byToken.get(token);
    if (row == null) {
      notes.stranger(account, token, handle(seen));
    } else if (!busy(row)) {
      bears(row, seen);
    }
  }

  private void bears(Row row, S seen) {
    Placed placed = Placed.of(row).orElseThrow();
    if (!placed.mayOwn(handle(seen))) {
      notes.twin(book(), row, placed, handle(seen));
    } else if (placed.handle().isEmpty()) {
      notes.write(
          row, (transaction, now) -> back(transaction, now, placed.known(handle(seen)), seen));
    }
  }

  /** Lists may be behind: only what cannot be read either is lost. */
  private void missing(Connector connector, Handle handle, Row row) {
    if (busy(row)) return;
    read(connector, handle)
        .ifPresentOrElse(seen -> same(row, seen), () -> notes.write(row, this::lost));
  }
}
