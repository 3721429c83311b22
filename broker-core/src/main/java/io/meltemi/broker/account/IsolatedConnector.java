package io.meltemi.broker.account;

import io.meltemi.connector.Addresses;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.MachineSnapshots;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Volumes;
import java.util.function.Consumer;

/** A connector all of whose calls pass the gate of its account. */
final class IsolatedConnector implements Connector {
  private final Connector inner;
  private final Gate gate;
  private final Machines machines;
  private final Images images;
  private final Volumes volumes;
  private final Snapshots snapshots;
  private final Networks networks;
  private final Addresses addresses;
  private final MachineSnapshots machineSnapshots;

  IsolatedConnector(Connector inner, Gate gate) {
    this.inner = inner;
    this.gate = gate;
    this.machines = new IsolatedMachines(inner.machines(), gate);
    this.images = new IsolatedImages(inner.images(), gate);
    this.volumes = new IsolatedVolumes(inner.volumes(), gate);
    this.snapshots = new IsolatedSnapshots(inner.snapshots(), gate);
    this.networks = new IsolatedNetworks(inner.networks(), gate);
    this.addresses = new IsolatedAddresses(inner.addresses(), gate);
    this.machineSnapshots = new IsolatedMachineSnapshots(inner.machineSnapshots(), gate);
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
  public Volumes volumes() {
    return volumes;
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public Networks networks() {
    return networks;
  }

  @Override
  public Addresses addresses() {
    return addresses;
  }

  @Override
  public MachineSnapshots machineSnapshots() {
    return machineSnapshots;
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
