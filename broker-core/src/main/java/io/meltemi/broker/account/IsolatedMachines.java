package io.meltemi.broker.account;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import java.util.List;
import java.util.Optional;

/** Machines behind the gate of their account. */
record IsolatedMachines(Machines inner, Gate gate) implements Machines {
  @Override
  public Handle create(MachineOrder order, Spot spot, Token token) {
    return gate.change("create", order, () -> inner.create(order, spot, token));
  }

  @Override
  public List<Handle> find(Token token) {
    return gate.read("find", () -> inner.find(token));
  }

  @Override
  public List<Observation> list() {
    return gate.read("list", inner::list);
  }

  @Override
  public List<Observation> foreign() {
    return gate.read("foreign", inner::foreign);
  }

  @Override
  public Optional<Observation> read(Handle machine) {
    return gate.read("read", () -> inner.read(machine));
  }

  @Override
  public void act(Handle machine, MachineAction action) {
    gate.change(
        "act",
        () -> {
          inner.act(machine, action);
          return true;
        });
  }

  @Override
  public Handle capture(Handle machine, String name, Token token) {
    return gate.change("capture", () -> inner.capture(machine, name, token));
  }

  @Override
  public void delete(Handle machine) {
    gate.change(
        "delete",
        () -> {
          inner.delete(machine);
          return true;
        });
  }

  @Override
  public String console(Handle machine) {
    return gate.readNow("console", () -> inner.console(machine));
  }
}
