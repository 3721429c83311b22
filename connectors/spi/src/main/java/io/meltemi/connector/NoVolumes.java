package io.meltemi.connector;

import io.meltemi.pivot.VolumeOrder;
import java.util.List;
import java.util.Optional;

/** An account that has no volumes and makes none. */
final class NoVolumes implements Volumes {
  @Override
  public Handle create(VolumeOrder order, VolumeSpot spot, Token token) {
    throw unsupported();
  }

  @Override
  public List<Handle> find(Token token) {
    return List.of();
  }

  @Override
  public List<VolumeObservation> list() {
    return List.of();
  }

  @Override
  public Optional<VolumeObservation> read(Handle volume) {
    return Optional.empty();
  }

  @Override
  public void attach(Handle volume, Handle machine) {
    throw unsupported();
  }

  /** What is not there is attached nowhere. */
  @Override
  public void detach(Handle volume, Handle machine) {}

  @Override
  public Handle snapshot(Handle volume, String name, Token token) {
    throw unsupported();
  }

  /** What is not there is gone. */
  @Override
  public void delete(Handle volume) {}

  private static ConnectorException unsupported() {
    return new ConnectorException(Fault.UNSUPPORTED, "this account has no volumes");
  }
}
