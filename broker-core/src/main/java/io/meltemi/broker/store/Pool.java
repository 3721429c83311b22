package io.meltemi.broker.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.sql.DataSource;

/** Connections to the database, each used by one thread at a time. */
final class Pool implements AutoCloseable {
  private static final int IDS_AT_ONCE = 1000;

  private final HikariDataSource pool;
  private final Dialect dialect;

  Pool(DataSource source, Dialect dialect, int most) {
    var config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("store-" + dialect.name().toLowerCase(Locale.ROOT));
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    this.pool = new HikariDataSource(config);
    this.dialect = dialect;
  }

  /** Each statement by itself, on what is committed. */
  <T> T read(Function<Session, T> work) {
    try (var session = session()) {
      return work.apply(session);
    }
  }

  Session session() {
    return new Session(Session.checked(pool::getConnection), dialect);
  }

  List<Row> rows(Collection<String> ids) {
    List<String> all = List.copyOf(ids);
    List<Row> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i += IDS_AT_ONCE) {
      List<String> some = all.subList(i, Math.min(i + IDS_AT_ONCE, all.size()));
      found.addAll(read(session -> new RowTable(session).find(some)));
    }
    return found;
  }

  @Override
  public void close() {
    pool.close();
  }
}
