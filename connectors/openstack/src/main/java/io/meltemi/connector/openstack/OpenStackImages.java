package io.meltemi.connector.openstack;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Images which were captured in a project. */
final class OpenStackImages implements Images {
  private static final String GONE = "DELETED";

  private final Nova nova;
  private final Tags tags;

  OpenStackImages(Nova nova, Tags tags) {
    this.nova = nova;
    this.tags = tags;
  }

  @Override
  public List<Handle> find(Token token) {
    return Marked.bearing(token, list());
  }

  @Override
  public List<Marked> list() {
    return Faults.asking(nova::images).stream()
        .filter(image -> !image.is(GONE))
        .flatMap(
            image -> token(image).stream().map(token -> new Marked(new Handle(image.id()), token)))
        .toList();
  }

  /** The token of an image that was captured under it, and not of a copy that people made. */
  private Optional<Token> token(NovaImage image) {
    Map<String, String> metadata = image.tags();
    return ImageOrigin.proven(image.name(), metadata)
        ? tags.token(metadata, image.made())
        : Optional.empty();
  }

  @Override
  public Optional<Captured> read(Handle image) {
    return Faults.asking(() -> Optional.ofNullable(nova.gaps().image(nova.region(), image.value())))
        .filter(found -> !found.is(GONE))
        .map(found -> new Captured(image, found.id(), state(found), Optional.empty()));
  }

  private static State state(NovaImage image) {
    if (image.is("ACTIVE")) return State.READY;
    return image.is("ERROR") || image.is("UNKNOWN") ? State.FAILED : State.MAKING;
  }

  @Override
  public void delete(Handle image) {
    Faults.changing(() -> nova.api().getImageApi(nova.region()).delete(image.value()));
  }
}
