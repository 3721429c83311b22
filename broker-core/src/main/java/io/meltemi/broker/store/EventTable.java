package io.meltemi.broker.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What happened. On PostgreSQL an event has no position until it is visible to everybody. */
final class EventTable {
  /** Tells other replicas of what is no news to readers. */
  static final String TOUCHED = "touched";

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
        "select * from event where tenant = ? and position > ? and type <> ? order by position"
            + " fetch first ? rows only",
        EventTable::event,
        tenant,
        after,
        TOUCHED,
        most);
  }

  long last() {
    return session.one(
        "select coalesce(max(position), 0) as newest from event", row -> row.getLong("newest"));
  }

  /** Removes the oldest of those which happened before; never the newest of all. */
  int prune(Instant before, int most) {
    return session.update(
        "delete from event where position in (select position from event"
            + " where position < (select max(position) from event)"
            + " order by position fetch first ? rows only) and happened < ?",
        most,
        before);
  }

  /** Position before the oldest event that is kept; the newest is always kept. */
  long beforeFirst() {
    return session.one(
        "select coalesce(min(position) - 1, 0) as oldest from event", row -> row.getLong("oldest"));
  }

  /** True when events were committed which have no position yet. */
  boolean waitForNumbers() {
    return session.one(
        "select exists (select 1 from event where position is null) as waiting",
        row -> row.getBoolean("waiting"));
  }

  /**
   * Gives positions to all visible events which have none, unless another replica is doing that
   * now. Recorded last in their transactions, events of changes which followed each other stand in
   * that order.
   */
  void number() {
    boolean alone =
        session.one(
            "select pg_try_advisory_xact_lock(hashtext('meltemi.event')) as alone",
            row -> row.getBoolean("alone"));
    if (!alone) return;
    session.update(
        "update event set position = newest.position + fresh.number"
            + " from (select id, row_number() over (order by id) as number from event"
            + " where position is null) fresh,"
            + " (select coalesce(max(position), 0) as position from event) newest"
            + " where event.id = fresh.id");
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
