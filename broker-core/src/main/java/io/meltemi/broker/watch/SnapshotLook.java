package io.meltemi.broker.watch;

import io.meltemi.broker.job.JobOf;
import io.meltemi.broker.job.Tools;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.MachineSnapshots;
import io.meltemi.connector.Marked;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Snapshots of machines: whether the provider has those of which the book says so. */
final class SnapshotLook {
  private final Tools tools;
  private final Notes notes;

  SnapshotLook(Tools tools, Notes notes) {
    this.tools = tools;
    this.notes = notes;
  }

  /** An account where none was taken is not asked for any. */
  void look(String account, Connector connector) {
    List<Row> rows =
        tools.store().all(SnapshotBook.KIND).stream()
            .filter(row -> SnapshotBook.is(row) && SnapshotBook.on(row, account))
            .filter(row -> !JobOf.busy(tools.store(), row))
            .toList();
    if (rows.isEmpty()) return;
    MachineSnapshots snapshots = connector.machineSnapshots();
    Set<Handle> there =
        snapshots.list().stream().map(Marked::handle).collect(Collectors.toUnmodifiableSet());
    for (Row row : rows) {
      boolean here = SnapshotBook.handle(row).filter(there::contains).isPresent();
      if (here && SnapshotBook.lost(row)) {
        notes.write(row, (transaction, now) -> transaction.update(SnapshotBook.back(now)));
      } else if (!here && row.state().equals("AVAILABLE") && gone(snapshots, row)) {
        notes.write(row, (transaction, now) -> transaction.update(SnapshotBook.missing(now)));
      }
    }
  }

  /** Lists may be behind. */
  private static boolean gone(MachineSnapshots snapshots, Row row) {
    Optional<Handle> handle = SnapshotBook.handle(row);
    return handle.flatMap(snapshots::read).isEmpty();
  }
}
