package io.meltemi.broker.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.store.fs.FilePath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How H2 is run; docs/decisions tells what each setting is for. */
final class H2Database {
  private static final String SETTINGS =
      ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=32768;LOCK_TIMEOUT=10000";

  private static final Set<Integer> DAMAGES =
      Set.of(
          ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.FILE_VERSION_ERROR_1,
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2);

  private static final int READERS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(H2Database.class);

  private final String name;
  private final JdbcDataSource source = new JdbcDataSource();

  private H2Database(String name, String address) {
    this.name = name;
    source.setURL("jdbc:h2:" + address + SETTINGS);
    source.setUser("sa");
    source.setPassword("");
  }

  static H2Database inFile(Path path) {
    FilePath.register(new DurableFiles());
    return new H2Database(path + ".mv.db", DurableFiles.SCHEME + ":" + path);
  }

  static H2Database inMemory(String name) {
    return new H2Database(name, "mem:" + name);
  }

  /**
   * @param folder for the journal, and the copy that is made before tables change; empty in memory
   * @param afterClose called when the store is closed
   */
  Store open(Opening opening, Optional<Path> folder, Runnable afterClose) {
    var writing = new Session(connect(), Dialect.H2);
    Optional<Journal> journal = Optional.empty();
    try {
      new Schema(source, Dialect.H2).bringUpToDate(version -> copy(folder, version));
      journal = folder.map(Journal::new);
      journal.ifPresent(each -> each.replay(writing));
      StoreCheck.run(writing);
      var reads = new Pool(source, Dialect.H2, READERS);
      var replica = new Replica(new Memory(opening.kinds(), reads::rows));
      replica.begin(writing);
      writing.begin();
      var writer = new GroupWriter(writing, opening.clock(), replica, journal);
      letGo(writer);
      return new JdbcStore(opening, reads, replica, writer, afterClose);
    } catch (RuntimeException e) {
      journal.ifPresent(Journal::close);
      writing.close();
      throw e;
    }
  }

  /** Nobody else works on this store, so whoever still holds a task is dead. */
  private static void letGo(GroupWriter writer) {
    int held =
        writer.run(Store.EVERYBODY, transaction -> new TaskTable(transaction.session()).letGo());
    if (held > 0) LOG.info("{} tasks were in the hands of a process that is gone", held);
  }

  private Connection connect() {
    try {
      return source.getConnection();
    } catch (SQLException e) {
      if (!DAMAGES.contains(e.getErrorCode())) throw StoreException.of(e);
      throw new StoreException(
          "The store in %s is damaged and cannot be opened: %s".formatted(name, e.getMessage()),
          "Put the file aside and restore a copy of it.",
          e);
    }
  }

  private void copy(Optional<Path> folder, String version) {
    folder.ifPresent(backups -> copy(backups, version));
  }

  private void copy(Path backups, String version) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("backup to '%s'".formatted(backups.resolve("before-" + version + ".zip")));
    } catch (SQLException e) {
      throw new StoreException(
          "The store cannot be copied before its tables change: " + e.getMessage(),
          "Make room on the disk and start again; nothing was changed.",
          e);
    }
  }
}
