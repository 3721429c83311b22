package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.ScriptedConnector.look;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import java.util.List;
import java.util.Optional;

/** Images which were captured in an account of the scripted cloud. */
final class ScriptedImages implements Images {
  private final Cloud cloud;
  private final Tags tags;

  ScriptedImages(Cloud cloud, Tags tags) {
    this.cloud = cloud;
    this.tags = tags;
  }

  @Override
  public List<Handle> find(Token token) {
    return Marked.bearing(token, list());
  }

  @Override
  public List<Marked> list() {
    return look(cloud::images).stream()
        .flatMap(image ->
            tags.token(image.tags()).stream()
                .map(token -> new Marked(new Handle(image.image().id()), token)))
        .toList();
  }

  @Override
  public Optional<Captured> read(Handle image) {
    return look(cloud::images).stream()
        .filter(candidate -> candidate.image().id().equals(image.value()))
        .map(found -> new Captured(image, image.value(), found.state(), Optional.empty()))
        .findFirst();
  }

  @Override
  public void delete(Handle image) {
    cloud.change(new Change.DeleteImage(image.value()));
  }
}
