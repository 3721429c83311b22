package io.meltemi.broker.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The rows of all resource kinds. */
final class RowTable {
  private final Session session;

  RowTable(Session session) {
    this.session = session;
  }

  Optional<Row> find(String id) {
    return session.first("select * from resource where id = ?", RowTable::row, id);
  }

  List<Row> find(List<String> ids) {
    return session.list(
        "select * from resource where id = any (?)",
        RowTable::row,
        (Object) ids.toArray(String[]::new));
  }

  List<Row> children(String parent, String kind) {
    return session.list(
        "select * from resource where parent = ? and kind = ? order by id",
        RowTable::row,
        parent,
        kind);
  }

  List<Row> ofKind(String kind) {
    return session.list("select * from resource where kind = ? order by id", RowTable::row, kind);
  }

  void each(Consumer<Row> consumer) {
    String last = "";
    List<Row> some;
    do {
      some =
          session.list(
              "select * from resource where id > ? order by id fetch first 1000 rows only",
              RowTable::row,
              last);
      some.forEach(consumer);
      if (!some.isEmpty()) last = some.getLast().id();
    } while (!some.isEmpty());
  }

  void insert(Row row) {
    if (!session.insertIfAbsent(
        "insert into resource (id, tenant, kind, parent, name, state, created, updated, generation,"
            + " document) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row.id(),
        row.tenant(),
        row.kind(),
        row.parent(),
        row.name(),
        row.state(),
        row.created(),
        row.updated(),
        row.generation(),
        row.document())) {
      throw new StaleException("there is a row " + row.id() + " already");
    }
  }

  /** The row's generation is the new one; its kind, parent and creation stay what they are. */
  void update(Row row) {
    int changed =
        session.update(
            "update resource set name = ?, state = ?, updated = ?, generation = ?, document = ?"
                + " where id = ? and tenant = ? and generation = ?"
                + " and not (kind = 'Job' and state in ('SUCCESS', 'FAILED', 'STOPPED')"
                + " and state <> ?)",
            row.name(),
            row.state(),
            row.updated(),
            row.generation(),
            row.document(),
            row.id(),
            row.tenant(),
            row.generation() - 1,
            row.state());
    if (changed != 1) throw new StaleException(row.id() + " has moved on or is gone");
  }

  void delete(Row row) {
    int changed =
        session.update(
            "delete from resource where id = ? and tenant = ? and generation = ?",
            row.id(),
            row.tenant(),
            row.generation());
    if (changed != 1) throw new StaleException(row.id() + " has moved on or is gone");
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("id"),
        row.getString("tenant"),
        row.getString("kind"),
        Optional.ofNullable(row.getString("parent")),
        row.getString("name"),
        row.getString("state"),
        Session.instant(row, "created"),
        Session.instant(row, "updated"),
        row.getLong("generation"),
        Json.read(row.getString("document")));
  }
}
