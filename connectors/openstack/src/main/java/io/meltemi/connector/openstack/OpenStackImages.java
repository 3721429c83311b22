package io.meltemi.connector.openstack;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jclouds.openstack.nova.v2_0.domain.Image;
import org.jclouds.openstack.nova.v2_0.features.ImageApi;

/** Images which were captured in a project. */
final class OpenStackImages implements Images {
  private final Nova nova;
  private final Tags tags;

  OpenStackImages(Nova nova, Tags tags) {
    this.nova = nova;
    this.tags = tags;
  }

  private ImageApi images() {
    return nova.api().getImageApi(nova.region());
  }

  @Override
  public List<Handle> find(Token token) {
    return Marked.bearing(token, list());
  }

  @Override
  public List<Marked> list() {
    return Faults.asking(nova::images).stream()
        .filter(image -> image.getStatus() != Image.Status.DELETED)
        .flatMap(image ->
            token(image).stream().map(token -> new Marked(new Handle(image.getId()), token)))
        .toList();
  }

  /** The token of an image that was captured under it, and not of a copy that people made. */
  private Optional<Token> token(Image image) {
    Optional<Instant> made = Optional.ofNullable(image.getCreated()).map(Date::toInstant);
    return ImageOrigin.proven(image.getName(), image.getMetadata())
        ? tags.token(image.getMetadata(), made)
        : Optional.empty();
  }

  @Override
  public Optional<Captured> read(Handle image) {
    return Faults.asking(() -> Optional.ofNullable(images().get(image.value())))
        .filter(found -> found.getStatus() != Image.Status.DELETED)
        .map(found -> new Captured(image, found.getId(), state(found), Optional.empty()));
  }

  private static State state(Image image) {
    Image.Status status = image.getStatus();
    if (status == null) {
      return State.MAKING;
    }
    return switch (status) {
      case ACTIVE -> State.READY;
      case SAVING, UNRECOGNIZED -> State.MAKING;
      case UNKNOWN, ERROR, DELETED -> State.FAILED;
    };
  }

  @Override
  public void delete(Handle image) {
    Faults.changing(() -> images().delete(image.value()));
  }
}
