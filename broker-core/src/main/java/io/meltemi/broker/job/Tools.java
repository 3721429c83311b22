package io.meltemi.broker.job;

import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.catalog.Discovery;
import io.meltemi.broker.identity.Secrets;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.NetworkBook;
import io.meltemi.broker.place.PlacedBook;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.placement.Placement;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What jobs work with.
 *
 * @param placement judges offers again before an order goes on to them
 * @param discovery asks accounts what they have
 * @param kindsBelow kinds of the rows that stand below a machine and go with it
 * @param ids new ids: letters and digits, never the same twice
 * @param random spreads pauses
 */
public record Tools(
    Store store,
    Accounts accounts,
    ConnectorPool connectors,
    Catalog catalog,
    Placement placement,
    Discovery discovery,
    Secrets secrets,
    Iterable<String> kindsBelow,
    JobLimits limits,
    Clock clock,
    Supplier<String> ids,
    RandomGenerator random) {

  MachineBook machines() {
    return new MachineBook(clock);
  }

  VolumeBook volumes() {
    return new VolumeBook(clock);
  }

  NetworkBook networks() {
    return new NetworkBook(clock);
  }

  /** The book that the row stands in. */
  PlacedBook book(Row row) {
    return switch (row.kind()) {
      case VolumeBook.KIND -> volumes();
      case NetworkBook.KIND -> networks();
      default -> machines();
    };
  }

  /**
   * What the row tells of is gone: the row goes. A machine leaves its volumes behind, and takes its
   * snapshots along.
   */
  void gone(Transaction transaction, Row row) {
    SnapshotBook.machineGone(transaction, store, row.id());
    VolumeBook.machineGone(transaction, store.all(VolumeBook.KIND), row.id());
    book(row).gone(transaction, row, kindsBelow);
  }

  /**
   * The provider says that what the row at {@code path} tells of may have changed: a job that waits
   * for it looks at once. A hint that comes to nothing costs nobody anything.
   *
   * @return false when no job works on it
   */
  public boolean hurry(String path) {
    return new Waits(store, clock).end(path);
  }

  JobRows jobs() {
    return new JobRows(clock, ids);
  }

  OrderText orders() {
    return new OrderText(secrets);
  }
}
