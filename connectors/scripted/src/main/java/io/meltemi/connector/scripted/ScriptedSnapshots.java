package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.ScriptedConnector.look;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Token;
import java.util.List;
import java.util.Optional;

/** Snapshots of volumes of an account of the scripted cloud. */
final class ScriptedSnapshots implements Snapshots {
  private final Cloud cloud;
  private final Tags tags;

  ScriptedSnapshots(Cloud cloud, Tags tags) {
    this.cloud = cloud;
    this.tags = tags;
  }

  @Override
  public List<Handle> find(Token token) {
    return Marked.bearing(token, list());
  }

  @Override
  public List<Marked> list() {
    return look(cloud::snapshots).stream()
        .flatMap(snapshot ->
            tags.token(snapshot.tags()).stream()
                .map(token -> new Marked(new Handle(snapshot.id()), token)))
        .toList();
  }

  @Override
  public Optional<Taken> read(Handle snapshot) {
    return look(cloud::snapshots).stream()
        .filter(candidate -> candidate.id().equals(snapshot.value()))
        .map(found -> new Taken(snapshot, found.state(), Optional.empty()))
        .findFirst();
  }

  @Override
  public void delete(Handle snapshot) {
    cloud.change(new Change.DeleteSnapshot(snapshot.value()));
  }
}
