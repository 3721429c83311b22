package io.meltemi.connector.scripted;

import io.meltemi.connector.Addresses;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.MachineSnapshots;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Volumes;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An account of the scripted cloud. */
public final class ScriptedConnector implements Connector {
  private final Cloud cloud;
  private final ScriptedMachines machines;
  private final ScriptedImages images;
  private final ScriptedVolumes volumes;
  private final ScriptedSnapshots snapshots;
  private final ScriptedNetworks networks;
  private final ScriptedAddresses addresses;
  private final ScriptedMachineSnapshots machineSnapshots;

  public ScriptedConnector(Cloud cloud, Context context) {
    this.cloud = cloud;
    Tags tags = new Tags(context.account());
    machines = new ScriptedMachines(cloud, tags, context.clock());
    images = new ScriptedImages(cloud, tags);
    volumes = new ScriptedVolumes(cloud, tags, context.clock());
    snapshots = new ScriptedSnapshots(cloud, tags);
    networks = new ScriptedNetworks(cloud, tags, context.clock());
    addresses = new ScriptedAddresses(cloud, tags, context.clock());
    machineSnapshots = new ScriptedMachineSnapshots(cloud, tags);
  }

  @Override
  public Inventory discover() {
    return look(cloud::facts);
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
    Watching watching = new Watching(cloud, changed);
    Thread thread = Thread.ofVirtual().name("scripted-watch").start(watching);
    return () -> {
      watching.close();
      thread.interrupt();
    };
  }

  /** Nothing is held open between two calls. */
  @Override
  public void close() {}

  /** A question whose answer was lost has changed nothing, so it can be asked again. */
  static <T> T look(Supplier<T> question) {
    try {
      return question.get();
    } catch (ConnectorException e) {
      if (e.fault() == Fault.UNKNOWN) {
        throw new ConnectorException(Fault.TRANSIENT, e.reason(), e);
      }
      throw e;
    }
  }
}
