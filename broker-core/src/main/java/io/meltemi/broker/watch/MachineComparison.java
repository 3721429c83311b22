package io.meltemi.broker.watch;

import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import java.util.Optional;

/** Machines, and their names at the provider. */
final class MachineComparison extends Comparison<Observation> {
  private final Tools tools;
  private final MachineBook machines;

  MachineComparison(Tools tools, Notes notes) {
    super(tools, notes);
    this.tools = tools;
    this.machines = new MachineBook(tools.clock());
  }

  @Override
  Handle handle(Observation seen) {
    return seen.handle();
  }

  @Override
  Optional<Token> token(Observation seen) {
    return seen.token();
  }

  @Override
  Optional<Observation> read(Connector connector, Handle handle) {
    return connector.machines().read(handle);
  }

  @Override
  boolean settled(Row row, Observation seen) {
    boolean agrees = row.state().equals(seen.state().name()) && MachineBook.shows(row, seen);
    return seen.state().transitional() || agrees;
  }

  @Override
  void differs(Transaction transaction, Row now, Observation seen) {
    Row after = machines.observed(transaction, now, seen.state(), seen);
    String words = difference(now, seen);
    if (!words.isEmpty()) machines.tell(transaction, after, "drift", words);
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

  @Override
  void back(Transaction transaction, Row now, Placed known, Observation seen) {
    Row placed = machines.at(transaction, now, known);
    Row back = machines.observed(transaction, placed, seen.state(), seen);
    machines.tell(transaction, back, "drift", "the provider shows the machine again");
  }

  @Override
  void lost(Transaction transaction, Row now) {
    String reason = "the provider no longer has the machine";
    Row after = machines.lost(transaction, now, reason);
    Sweep.addAddress(transaction, tools, after);
    machines.tell(transaction, after, "drift", "was " + now.state() + ": " + reason);
  }
}
