package io.meltemi.connector;

import java.util.function.Consumer;

/**
 * One provider account, opened. Methods may be called from many threads at once. Every method may
 * throw {@link ConnectorException}; none repeats a change by itself, keeps state that the provider
 * does not have, or waits longer than a few requests to the provider take.
 */
public interface Connector extends AutoCloseable {
  /** What the account has to offer now. May be repeated; changes nothing. */
  Inventory discover();

  /** The account's machines. */
  Machines machines();

  /** The account's images. */
  Images images();

  /** The account's volumes. */
  default Volumes volumes() {
    return new NoVolumes();
  }

  /** The networks that are made in the account. */
  default Networks networks() {
    return new NoNetworks();
  }

  /** The floating addresses of the account's machines. */
  default Addresses addresses() {
    return new NoAddresses();
  }

  /** Snapshots of the account's volumes. */
  default Snapshots snapshots() {
    return new NoSnapshots();
  }

  /** Snapshots of the account's machines. */
  default MachineSnapshots machineSnapshots() {
    return new NoMachineSnapshots();
  }

  /**
   * Calls {@code changed} soon after a machine of the account may have changed, whoever changed it.
   * A hint, not a promise: calls may be missing, doubled or late, and the state is always read
   * anew. A provider that cannot tell returns at once and never calls.
   *
   * @return closes the watch
   */
  AutoCloseable watch(Consumer<Handle> changed);

  /** Lets go of connections and threads; what runs at the provider goes on. */
  @Override
  void close();
}
