package io.meltemi.bench;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Orders;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Somebody who uses the connector without a broker: the same calls, and nothing is kept. */
final class Direct implements AutoCloseable {
  private static final long MEMORY_KIBIBYTES = 128 * 1024;

  private final Connector connector;
  private final Spot spot;

  Direct(Connector connector) {
    this.connector = connector;
    Inventory inventory = connector.discover();
    this.spot =
        new Spot(
            inventory.places().getFirst().location().id(),
            inventory.sizes().getFirst().id(),
            inventory.images().getFirst().id());
  }

  Handle create(String name) {
    Token token = new Token(UUID.randomUUID().toString());
    return connector.machines().create(Orders.plain(name, 1, MEMORY_KIBIBYTES), spot, token);
  }

  /**
   * Returns when the machine runs; starts it where the provider does not.
   *
   * @param pause milliseconds between two looks
   * @throws ConnectorException with CAPACITY when the provider gives it up
   */
  void awaitStarted(Handle machine, int pause) throws InterruptedException {
    boolean asked = false;
    for (MachineState state = state(machine);
        state != MachineState.STARTED;
        state = state(machine)) {
      if (state == MachineState.ERROR) {
        throw new ConnectorException(Fault.CAPACITY, machine.value() + " failed");
      } else if (state == MachineState.STOPPED && !asked) {
        connector.machines().act(machine, MachineAction.START);
        asked = true;
      } else {
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    }
  }

  private MachineState state(Handle machine) {
    return read(machine).map(Observation::state).orElse(MachineState.CREATING);
  }

  Optional<Observation> read(Handle machine) {
    return connector.machines().read(machine);
  }

  List<Observation> list() {
    return connector.machines().list();
  }

  void delete(Handle machine) {
    connector.machines().delete(machine);
  }

  @Override
  public void close() {
    connector.close();
  }
}
