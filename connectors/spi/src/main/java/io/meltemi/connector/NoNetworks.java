package io.meltemi.connector;

import io.meltemi.pivot.NetworkOrder;
import java.util.List;
import java.util.Optional;

/** An account in which no networks are made. */
final class NoNetworks implements Networks {
  @Override
  public Handle create(NetworkOrder order, String location, Token token) {
    throw new ConnectorException(Fault.UNSUPPORTED, "this account makes no networks");
  }

  /** What is not there needs nothing. */
  @Override
  public void finish(Handle network, NetworkOrder order) {}

  @Override
  public List<Handle> find(Token token) {
    return List.of();
  }

  @Override
  public List<NetworkObservation> list() {
    return List.of();
  }

  @Override
  public Optional<NetworkObservation> read(Handle network) {
    return Optional.empty();
  }

  /** What is not there is gone. */
  @Override
  public void delete(Handle network) {}
}
