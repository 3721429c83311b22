package io.meltemi.broker.store;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Knows whether changes can be stored at present. After a failure only a change that was stored
 * again tells: it is tried when somebody asks, so that nobody has to say that the disk has room.
 */
final class WatchedWriter implements Writer {
  private static final String TRIED = "store.takes-writes";

  private final Writer writer;
  private volatile boolean failed;

  WatchedWriter(Writer writer) {
    this.writer = writer;
  }

  @Override
  public <T> T run(String tenant, Function<SqlTransaction, T> work) {
    try {
      return writer.run(tenant, work);
    } catch (StoreException e) {
      failed = true;
      throw e;
    }
  }

  /** False while changes are refused. */
  boolean takesWrites() {
    if (!failed) return true;
    try {
      failed = writer.run(Store.EVERYBODY, WatchedWriter::tried).isEmpty();
    } catch (StoreException e) {
      return false;
    }
    return !failed;
  }

  private static Optional<Long> tried(SqlTransaction transaction) {
    return new LeaseTable(transaction.session()).take(TRIED, TRIED, Duration.ofSeconds(1));
  }

  @Override
  public boolean isCurrent() {
    return writer.isCurrent();
  }

  @Override
  public void close() {
    writer.close();
  }
}
