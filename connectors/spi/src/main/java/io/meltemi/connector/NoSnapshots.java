package io.meltemi.connector;

import java.util.List;
import java.util.Optional;

/** An account without a snapshot of a volume. */
final class NoSnapshots implements Snapshots {
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

  /** What is not there is gone. */
  @Override
  public void delete(Handle snapshot) {}
}
