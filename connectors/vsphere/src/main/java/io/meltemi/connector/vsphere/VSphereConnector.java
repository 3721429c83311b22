package io.meltemi.connector.vsphere;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.MachineSnapshots;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Volumes;
import io.meltemi.connector.vsphere.vim.VCenter;
import java.util.function.Consumer;

/** One folder of one vCenter. */
final class VSphereConnector implements Connector {
  private final VCenter vcenter;
  private final VSphereSettings settings;
  private final Scope scope;
  private final Discovery discovery;
  private final Machines machines;
  private final Images images;
  private final Volumes volumes;
  private final VSphereSnapshots snapshots;
  private final Networks networks;
  private final MachineSnapshots machineSnapshots;

  VSphereConnector(VCenter vcenter, VSphereSettings settings, Context context) {
    this.vcenter = vcenter;
    this.settings = settings;
    Workshop workshop = Workshop.of(vcenter, settings, context);
    scope = workshop.scope();
    discovery = new Discovery(vcenter, settings, workshop, context.clock());
    machines = new VSphereMachines(workshop);
    images = new VSphereImages(vcenter, workshop);
    Disks disks = new Disks(vcenter, scope, workshop.clusters(), workshop.identity());
    snapshots = new VSphereSnapshots(vcenter, workshop, disks);
    volumes = new VSphereVolumes(vcenter, workshop, disks, snapshots, context.clock());
    networks = new VSphereNetworks(vcenter, settings, workshop, context.clock());
    machineSnapshots = new VSphereMachineSnapshots(vcenter, workshop);
  }

  @Override
  public Inventory discover() {
    return discovery.now();
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
  public Networks networks() {
    return networks;
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  @Override
  public MachineSnapshots machineSnapshots() {
    return machineSnapshots;
  }

  @Override
  public AutoCloseable watch(Consumer<Handle> changed) {
    return new Hints(vcenter, scope, changed);
  }

  @Override
  public void close() {
    vcenter.close();
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
