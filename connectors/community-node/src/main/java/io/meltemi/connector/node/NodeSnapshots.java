package io.meltemi.connector.node;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Token;
import io.meltemi.connector.node.NodeDirectory.Entry;
import java.util.List;
import java.util.Optional;

/** Snapshots as rows of the node that holds them. */
final class NodeSnapshots implements Snapshots {
  private final NodeDirectory directory;

  NodeSnapshots(NodeDirectory directory) {
    this.directory = directory;
  }

  @Override
  public List<Handle> find(Token token) {
    return directory.find(token).stream()
        .filter(NodeSnapshots::isSnapshot)
        .map(Entry::handle)
        .toList();
  }

  @Override
  public List<Marked> list() {
    return directory.all().stream().filter(NodeSnapshots::isSnapshot).map(Entry::marked).toList();
  }

  @Override
  public Optional<Taken> read(Handle snapshot) {
    return directory.entry(snapshot).filter(NodeSnapshots::isSnapshot).map(NodeSnapshots::taken);
  }

  private static boolean isSnapshot(Entry entry) {
    return entry.wanted() instanceof WantedSnapshot;
  }

  private static Taken taken(Entry entry) {
    Optional<ReportedSnapshot> reported = entry.reported().map(ReportedSnapshot.class::cast);
    return new Taken(
        entry.handle(),
        reported.map(ReportedSnapshot::state).orElse(Images.State.MAKING),
        reported.map(Reported::reason).filter(reason -> !reason.isEmpty()));
  }

  @Override
  public void delete(Handle snapshot) {
    directory
        .entry(snapshot)
        .filter(NodeSnapshots::isSnapshot)
        .ifPresent(entry -> {
          WantedSnapshot wanted = (WantedSnapshot) entry.wanted();
          if (!wanted.absent()) {
            directory.want(entry.row().node(), wanted.gone());
          }
        });
  }
}
