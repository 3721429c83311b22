package io.meltemi.connector;

import java.util.List;
import java.util.Optional;

/** An account in which no snapshots are taken of machines. */
final class NoMachineSnapshots implements MachineSnapshots {
  @Override
  public Handle take(Handle machine, String name, Token token) {
    throw unsupported();
  }

  @Override
  public List<Handle> find(Token token) {
    return List.of();
  }

  @Override
  public List<Marked> list() {
    return List.of();
  }

  @Override
  public Optional<Taken> read(Handle snapshot) {
    return Optional.empty();
  }

  @Override
  public void restore(Handle machine, Handle snapshot) {
    throw unsupported();
  }

  /** What is not there is gone. */
  @Override
  public void delete(Handle snapshot) {}

  private static ConnectorException unsupported() {
    return new ConnectorException(Fault.UNSUPPORTED, "this account takes no snapshots of machines");
  }
}
