package io.meltemi.broker.watch;

import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.PlacedBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineState;
import java.util.List;
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
  PlacedBook book() {
    return machines;
  }

  @Override
  Optional<String> passing(Observation seen) {
    return Optional.of(seen.state()).filter(MachineState::transitional).map(MachineState::name);
  }

  @Override
  boolean settled(Row row, Observation seen) {
    return row.state().equals(seen.state().name()) && MachineBook.shows(row, seen);
  }

  @Override
  void differs(Transaction transaction, Row now, Observation seen) {
    Row after = machines.observed(transaction, now, seen.state(), seen);
    List<String> news = Sight.of(seen).news(now, seen.reason());
    if (!news.isEmpty()) machines.tell(transaction, after, "drift", String.join("; ", news));
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
