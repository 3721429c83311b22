package io.meltemi.broker.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What happened. On PostgreSQL an event has no position until it is visible to everybody. */
final class EventTable {
  private final Session session;

  EventTable(Session session) {
    this.session = session;
  }

  /**
   * @param after position of the event before the first of these; not used on PostgreSQL
   */
  void insert(List<Event> events, long after) {
    List<Object[]> sets = new ArrayList<>();
    long position = after;
    for (Event event : events) {
      position++;
      sets.add(values(event, position));
    }
    session.batch(
        switch (session.dialect()) {
          case H2 ->
              "insert into event (tenant, type, resource, kind, happened, content, position)"
                  + " values (?, ?, ?, ?, ?, ?, ?)";
          case POSTGRESQL ->
              "insert into event (tenant, type, resource, kind, happened, content)"
                  + " values (?, ?, ?, ?, ?, ?)";
        },
        sets);
  }

  private Object[] values(Event event, long position) {
    List<Object> values =
        new ArrayList<>(
            List.of(
                event.tenant(),
                event.type(),
                event.resource(),
                event.kind(),
                event.time(),
                event.content()));
    if (session.dialect() == Dialect.H2) values.add(position);
    return values.toArray();
  }

  List<Event> after(String tenant, long after, int most) {
    if (tenant.equals(Store.EVERYBODY)) {
      return session.list(
          "select * from event where position > ? order by position fetch first ? rows only",
          EventTable::event,
          after,
          most);
    }
    return session.list(
        "select * from event where tenant = ? and position > ? order by position"
            + " fetch first ? rows only",
        EventTable::event,
        tenant,
        after,
        most);
  }

  long last() {
    return session.one(
        "select coalesce(max(position), 0) as newest from event", row -> row.getLong("newest"));
  }

  /** Position before the oldest event that is kept; the newest is always kept. */
  long beforeFirst() {
    return session.one(
        "select coalesce(min(position) - 1, 0) as oldest from event", row -> row.getLong("oldest"));
  }

  private static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getLong("position"),
        row.getString("tenant"),
        row.getString("type"),
        row.getString("resource"),
        row.getString("kind"),
        Session.instant(row, "happened"),
        Json.read(row.getString("content")));
  }
}
