package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A connection with its prepared statements: values in, rows out. For one thread at a time. */
final class Session implements AutoCloseable {
  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final List<Done> done = new ArrayList<>();

  Session(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  /** A statement that changed something. */
  record Done(String sql, List<Object> values) {}

  /** What was changed since the last {@link #forget}. */
  List<Done> done() {
    return List.copyOf(done);
  }

  /** Forgets what was changed, but for so many of the first. */
  void forget(int but) {
    done.subList(but, done.size()).clear();
  }

  /** Makes a value of one row. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** What may fail with an SQLException. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  static <T> T checked(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw StoreException.of(e);
    }
  }

  /** How many rows were changed. */
  int update(String sql, Object... values) {
    int changed = checked(() -> bound(sql, values).executeUpdate());
    if (changed > 0) done.add(new Done(sql, List.of(values)));
    return changed;
  }

  /** True when it was stored, false when its key was taken. */
  boolean insertIfAbsent(String sql, Object... values) {
    try {
      return update(sql + dialect.ifAbsent, values) == 1;
    } catch (StoreException e) {
      if (dialect == Dialect.H2 && e.isDuplicate()) return false;
      throw e;
    }
  }

  /** Runs a statement once for each set of values. */
  void batch(String sql, List<Object[]> sets) {
    for (Object[] values : sets) done.add(new Done(sql, List.of(values)));
    checked(() -> {
      PreparedStatement statement = prepared(sql);
      for (Object[] values : sets) {
        bind(statement, values);
        statement.addBatch();
      }
      return statement.executeBatch();
    });
  }

  <T> List<T> list(String sql, Mapper<T> mapper, Object... values) {
    return checked(() -> {
      List<T> all = new ArrayList<>();
      try (ResultSet rows = bound(sql, values).executeQuery()) {
        while (rows.next()) all.add(mapper.map(rows));
      }
      return all;
    });
  }

  <T> Optional<T> first(String sql, Mapper<T> mapper, Object... values) {
    List<T> all = list(sql, mapper, values);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  /** The only value of a query which always has one. */
  <T> T one(String sql, Mapper<T> mapper, Object... values) {
    return first(sql, mapper, values).orElseThrow();
  }

  /** From now on nothing is kept that is not committed. */
  void begin() {
    checked(() -> {
      connection.setAutoCommit(false);
      return true;
    });
  }

  Savepoint savepoint() {
    return checked(connection::setSavepoint);
  }

  void rollback(Savepoint savepoint) {
    checked(() -> {
      connection.rollback(savepoint);
      return true;
    });
  }

  void rollback() {
    checked(() -> {
      connection.rollback();
      return true;
    });
  }

  void commit() {
    checked(() -> {
      connection.commit();
      return true;
    });
  }

  @Override
  public void close() {
    checked(() -> {
      for (PreparedStatement statement : statements.values()) statement.close();
      connection.close();
      return true;
    });
  }

  private PreparedStatement bound(String sql, Object[] values) throws SQLException {
    PreparedStatement statement = prepared(sql);
    bind(statement, values);
    return statement;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known != null) return known;
    PreparedStatement statement = connection.prepareStatement(sql);
    statements.put(sql, statement);
    return statement;
  }

  private static void bind(PreparedStatement statement, Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i] instanceof Optional<?> some ? some.orElse(null) : values[i];
      switch (value) {
        case null -> statement.setObject(i + 1, null);
        case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
        case Duration duration -> statement.setLong(i + 1, duration.toNanos() / 1000);
        case ObjectNode document -> statement.setString(i + 1, Json.write(document));
        default -> statement.setObject(i + 1, value);
      }
    }
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> maybe(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  /** As precise as both databases keep it. */
  static Instant exact(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }
}
