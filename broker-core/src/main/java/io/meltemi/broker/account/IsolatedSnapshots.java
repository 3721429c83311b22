package io.meltemi.broker.account;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Token;
import java.util.List;
import java.util.Optional;

/** Snapshots of volumes behind the gate of their account. */
record IsolatedSnapshots(Snapshots inner, Gate gate) implements Snapshots {
  @Override
  public List<Handle> find(Token token) {
    return gate.read("find snapshot", () -> inner.find(token));
  }

  @Override
  public List<Marked> list() {
    return gate.read("list snapshots", inner::list);
  }

  @Override
  public Optional<Taken> read(Handle snapshot) {
    return gate.read("read snapshot", () -> inner.read(snapshot));
  }

  @Override
  public void delete(Handle snapshot) {
    gate.change(
        "delete snapshot",
        () -> {
          inner.delete(snapshot);
          return true;
        });
  }
}
