package io.meltemi.connector.node;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import io.meltemi.connector.node.NodeDirectory.Entry;
import java.util.List;
import java.util.Optional;

/** Captured images as rows of the node that holds them. */
final class NodeImages implements Images {
  private final NodeDirectory directory;

  NodeImages(NodeDirectory directory) {
    this.directory = directory;
  }

  @Override
  public List<Handle> find(Token token) {
    return directory.find(token).stream().filter(NodeImages::isImage).map(Entry::handle).toList();
  }

  @Override
  public List<Marked> list() {
    return directory.all().stream().filter(NodeImages::isImage).map(Entry::marked).toList();
  }

  @Override
  public Optional<Captured> read(Handle image) {
    return directory.entry(image).filter(NodeImages::isImage).flatMap(this::captured);
  }

  private static boolean isImage(Entry entry) {
    return entry.wanted() instanceof WantedImage;
  }

  private Optional<Captured> captured(Entry entry) {
    Optional<ReportedImage> reported = entry.reported().map(ReportedImage.class::cast);
    return Optional.of(
        new Captured(
            entry.handle(),
            entry.row().id(),
            reported.map(ReportedImage::state).orElse(State.MAKING),
            reported.map(Reported::reason).filter(reason -> !reason.isEmpty())));
  }

  @Override
  public void delete(Handle image) {
    directory
        .entry(image)
        .filter(NodeImages::isImage)
        .ifPresent(entry -> {
          WantedImage wanted = (WantedImage) entry.wanted();
          if (!wanted.absent()) {
            directory.want(entry.row().node(), wanted.gone());
          }
        });
  }
}
