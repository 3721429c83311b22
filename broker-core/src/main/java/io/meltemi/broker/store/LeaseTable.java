package io.meltemi.broker.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Duties that one replica has at a time, judged by the database's time. */
final class LeaseTable {
  private final Session session;

  LeaseTable(Session session) {
    this.session = session;
  }

  Optional<Long> take(String name, String owner, Duration hold) {
    String now = session.dialect().now;
    String until = session.dialect().later();
    int prolonged =
        session.update(
            "update lease set until = %s, fence = fence + case when owner = ? then 0 else 1 end,"
                    .formatted(until)
                + " owner = ? where name = ? and (owner = ? or until < %s)".formatted(now),
            hold,
            owner,
            owner,
            name,
            owner);
    if (prolonged == 1 || first(name, owner, hold, until)) return fence(name);
    return Optional.empty();
  }

  private boolean first(String name, String owner, Duration hold, String until) {
    return session.insertIfAbsent(
        "insert into lease (until, name, owner, fence) values (%s, ?, ?, 1)".formatted(until),
        hold,
        name,
        owner);
  }

  private Optional<Long> fence(String name) {
    return session.first(
        "select fence from lease where name = ?", row -> row.getLong("fence"), name);
  }

  Instant now() {
    return session.one(
        "select " + session.dialect().now + " as moment", row -> Session.instant(row, "moment"));
  }
}
