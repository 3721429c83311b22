package io.meltemi.broker.account;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Machines;
import java.util.function.Consumer;

/** A connector all of whose calls pass the gate of its account. */
final class IsolatedConnector implements Connector {
  private final Connector inner;
  private final Gate gate;
  private final Machines machines;
  private final Images images;

  IsolatedConnector(Connector inner, Gate gate) {
    this.inner = inner;
    this.gate = gate;
    this.machines = new IsolatedMachines(inner.machines(), gate);
    this.images = new IsolatedImages(inner.images(), gate);
  }

  @Override
  public Inventory discover() {
    return gate.readSlowly("discover", inner::discover);
  }

  @Override
  public Machines machines() {
    return machines;
  }

  @Override
  public Images images() {
    return images;
  }

  @Override
  public AutoCloseable watch(Consumer<Handle> changed) {
    return gate.read("watch", () -> inner.watch(changed));
  }

  @Override
  public void close() {
    inner.close();
  }
}
