package io.meltemi.broker.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/** Connections that read what is committed. */
final class Reads implements AutoCloseable {
  private static final int IDS_AT_ONCE = 1000;

  private final HikariDataSource pool;
  private final Dialect dialect;

  Reads(DataSource source, Dialect dialect, int most) {
    var config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName("store-" + dialect.name().toLowerCase(java.util.Locale.ROOT));
    config.setMaximumPoolSize(most);
    config.setMinimumIdle(1);
    this.pool = new HikariDataSource(config);
    this.dialect = dialect;
  }

  <T> T read(Function<Session, T> work) {
    try (var session = new Session(connection(), dialect)) {
      return work.apply(session);
    }
  }

  Connection connection() {
    return Session.checked(pool::getConnection);
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
