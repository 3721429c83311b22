package io.meltemi.broker.store;

import com.zaxxer.hikari.pool.HikariPool;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How PostgreSQL is used: any number of replicas, none of which keeps anything for itself. */
final class PostgresDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);
  private static final int READERS = 5;
  private static final int WRITERS = 10;

  private final PGSimpleDataSource source = new PGSimpleDataSource();

  PostgresDatabase(String url, String user, String password) {
    source.setURL(url);
    source.setUser(user);
    source.setPassword(password);
    source.setStringType("unspecified"); // texts go into columns of type json
    source.setApplicationName("meltemi");
    source.setTcpKeepAlive(true);
  }

  Store open(Opening opening) {
    var reads = pool(READERS);
    try {
      new Schema(source, Dialect.POSTGRESQL)
          .bringUpToDate(
              version -> LOG.info("The tables change from version {}; keep your backup", version));
      try (var session = reads.session()) {
        StoreCheck.run(session);
        var replica = new Replica(new Memory(opening.kinds(), reads::rows));
        replica.begin(session);
        return open(opening, reads, replica);
      }
    } catch (RuntimeException e) {
      reads.close();
      throw e;
    }
  }

  private Store open(Opening opening, Pool reads, Replica replica) {
    var feed = new Feed(reads, replica);
    var writer = new PoolWriter(pool(WRITERS), opening.clock(), replica, feed);
    return new JdbcStore(opening, reads, replica, writer, () -> {});
  }

  private Pool pool(int most) {
    try {
      return new Pool(source, Dialect.POSTGRESQL, most);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreException(
          "The database %s cannot be reached: %s".formatted(source.getURL(), e.getMessage()),
          "Look whether it runs and whether user and password are right.",
          e);
    }
  }
}
