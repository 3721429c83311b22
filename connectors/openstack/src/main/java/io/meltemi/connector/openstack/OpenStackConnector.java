package io.meltemi.connector.openstack;

import io.meltemi.connector.Addresses;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Volumes;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** One project in one region. */
final class OpenStackConnector implements Connector {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Nova nova;
  private final Tags tags;
  private final Clock clock;
  private final Discovery discovery;
  private final OpenStackMachines machines;
  private final OpenStackImages images;
  private final OpenStackVolumes volumes;
  private final OpenStackSnapshots snapshots;
  private final OpenStackNetworks networks;
  private final OpenStackAddresses addresses;

  OpenStackConnector(Nova nova, OpenStackSettings settings, Context context) {
    this.nova = nova;
    clock = context.clock();
    tags = new Tags(context.account(), clock);
    BlockStorage storage = new BlockStorage(nova);
    Zones zones = new Zones(nova, storage);
    VolumeDiscovery ofVolumes = new VolumeDiscovery(storage, zones);
    Networking networking = new Networking(nova, tags);
    discovery = new Discovery(nova, settings, zones, ofVolumes, networking, clock);
    machines = new OpenStackMachines(nova, settings, networking, zones, tags, clock);
    networks = new OpenStackNetworks(nova, networking, zones, tags, clock);
    addresses = new OpenStackAddresses(nova, networking, tags, clock);
    images = new OpenStackImages(nova, tags);
    volumes = new OpenStackVolumes(nova, storage, zones, tags, clock);
    snapshots = new OpenStackSnapshots(storage, tags);
  }

  @Override
  public Inventory discover() {
    return Faults.asking(discovery::now);
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
  public AutoCloseable watch(Consumer<Handle> changed) {
    return new Watching(
        new Servers(nova, tags), nova::rest, clock.instant().minus(MINUTE), changed);
  }

  @Override
  public void close() {
    nova.close();
  }
}
