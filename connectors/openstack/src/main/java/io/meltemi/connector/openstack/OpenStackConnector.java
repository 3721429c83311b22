package io.meltemi.connector.openstack;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Machines;
import java.util.function.Consumer;

/** One project in one region. */
final class OpenStackConnector implements Connector {
  private final Nova nova;
  private final Discovery discovery;
  private final OpenStackMachines machines;
  private final OpenStackImages images;

  OpenStackConnector(Nova nova, OpenStackSettings settings, Context context) {
    this.nova = nova;
    Tags tags = new Tags(context.account());
    discovery = new Discovery(nova, settings, context.clock());
    machines = new OpenStackMachines(nova, settings, tags, context.clock());
    images = new OpenStackImages(nova, tags);
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

  /** Nova tells projects nothing by itself. */
  @Override
  public AutoCloseable watch(Consumer<Handle> changed) {
    return () -> {};
  }

  @Override
  public void close() {
    nova.close();
  }
}
