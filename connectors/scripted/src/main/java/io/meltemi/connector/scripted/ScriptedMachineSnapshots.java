package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.ScriptedConnector.look;

import io.meltemi.connector.Handle;
import io.meltemi.connector.MachineSnapshots;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import java.util.List;
import java.util.Optional;

/** Snapshots of machines of an account of the scripted cloud. */
final class ScriptedMachineSnapshots implements MachineSnapshots {
  private final Cloud cloud;
  private final Tags tags;

  ScriptedMachineSnapshots(Cloud cloud, Tags tags) {
    this.cloud = cloud;
    this.tags = tags;
  }

  @Override
  public Handle take(Handle machine, String name, Token token) {
    return new Handle(
        cloud.change(new Change.SnapshotMachine(machine.value(), name, tags.of(token))));
  }

  @Override
  public List<Handle> find(Token token) {
    return Marked.bearing(token, list());
  }

  @Override
  public List<Marked> list() {
    return look(cloud::machineSnapshots).stream()
        .flatMap(snapshot ->
            tags.token(snapshot.tags()).stream()
                .map(token -> new Marked(new Handle(snapshot.id()), token)))
        .toList();
  }

  @Override
  public Optional<Taken> read(Handle snapshot) {
    return look(cloud::machineSnapshots).stream()
        .filter(candidate -> candidate.id().equals(snapshot.value()))
        .map(found -> new Taken(snapshot, found.state(), found.reason()))
        .findFirst();
  }

  @Override
  public void restore(Handle machine, Handle snapshot) {
    cloud.change(new Change.Restore(machine.value(), snapshot.value()));
  }

  @Override
  public void delete(Handle snapshot) {
    cloud.change(new Change.DeleteMachineSnapshot(snapshot.value()));
  }
}
