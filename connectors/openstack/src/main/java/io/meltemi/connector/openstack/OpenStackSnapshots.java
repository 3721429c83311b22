package io.meltemi.connector.openstack;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Token;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Snapshots of a project's volumes. */
final class OpenStackSnapshots implements Snapshots {
  private final BlockStorage storage;
  private final Tags tags;

  OpenStackSnapshots(BlockStorage storage, Tags tags) {
    this.storage = storage;
    this.tags = tags;
  }

  @Override
  public List<Handle> find(Token token) {
    return Marked.bearing(token, taken());
  }

  /** None without block storage: whoever misses one asks for that one. */
  @Override
  public List<Marked> list() {
    return Faults.asking(storage::address).isEmpty() ? List.of() : taken();
  }

  private List<Marked> taken() {
    return Faults.asking(storage::snapshots).stream()
        .filter(snapshot -> !gone(snapshot))
        .flatMap(snapshot ->
            tags.token(snapshot.tags()).stream()
                .map(token -> new Marked(new Handle(snapshot.id()), token)))
        .toList();
  }

  @Override
  public Optional<Taken> read(Handle snapshot) {
    return Faults.asking(() -> storage.snapshot(snapshot))
        .filter(found -> !gone(found))
        .map(found -> taken(snapshot, VolumeStates.of(found)));
  }

  private Taken taken(Handle snapshot, Images.State state) {
    boolean failed = state == Images.State.FAILED;
    return new Taken(snapshot, state, failed ? storage.reason(snapshot.value()) : Optional.empty());
  }

  private static boolean gone(CinderSnapshot snapshot) {
    return snapshot.status().equals("deleted");
  }

  @Override
  public void delete(Handle snapshot) {
    URI cinder = Faults.asking(storage::present);
    Removing.asking(
        () -> storage.calls().deleteSnapshot(cinder, snapshot.value()),
        () -> storage.snapshot(snapshot).map(CinderSnapshot::status));
  }
}
