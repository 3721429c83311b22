package io.meltemi.connector;

import java.util.List;
import java.util.Optional;

/** An account in which no floating addresses are lent. */
final class NoAddresses implements Addresses {
  @Override
  public Handle lend(Handle machine, Token token) {
    throw new ConnectorException(Fault.UNSUPPORTED, "this account lends no floating addresses");
  }

  @Override
  public List<Handle> find(Token token) {
    return List.of();
  }

  @Override
  public List<AddressObservation> list() {
    return List.of();
  }

  @Override
  public Optional<AddressObservation> read(Handle address) {
    return Optional.empty();
  }

  /** What is not there is gone. */
  @Override
  public void release(Handle address) {}
}
