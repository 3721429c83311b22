package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Token;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Order;
import java.util.List;
import java.util.Optional;

/** The machines of an account. */
record StockOfMachines(Machines machines) implements Stock {
  @Override
  public Handle create(Order order, Placed placed) {
    return machines.create((MachineOrder) order, placed.spot(), placed.token());
  }

  @Override
  public List<Handle> find(Token token) {
    return machines.find(token);
  }

  @Override
  public Optional<Seen> read(Handle handle) {
    return machines.read(handle).map(Seen.Machine::new);
  }

  @Override
  public void delete(Handle handle) {
    machines.delete(handle);
  }
}
