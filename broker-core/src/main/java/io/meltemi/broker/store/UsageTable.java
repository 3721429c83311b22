package io.meltemi.broker.store;

import io.meltemi.pivot.Amount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Intervals of use. A clock that steps back makes no overlap: an interval never begins before the
 * end of the one before, and one without length is not kept.
 */
final class UsageTable {
  private final Session session;

  UsageTable(Session session) {
    this.session = session;
  }

  /** The open interval of a resource. */
  Optional<Usage> open(String resource) {
    return session.first(
        "select * from usage_interval where resource = ? and ended is null",
        UsageTable::usage,
        resource);
  }

  void end(Usage open, Instant at) {
    if (at.isAfter(open.from())) {
      session.update(
          "update usage_interval set ended = ? where resource = ? and ended is null",
          at,
          open.resource());
    } else {
      session.update(
          "delete from usage_interval where resource = ? and ended is null", open.resource());
    }
  }

  void start(Usage usage) {
    Instant from = latest(lastEnd(usage.resource()), usage.from());
    if (usage.to().isPresent() && !usage.to().get().isAfter(from)) return;
    session.update(
        "insert into usage_interval (resource, tenant, kind, state, machines, cpu,"
            + " memory_kibibytes, disk_kilobytes, volumes, account, began, ended)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        usage.resource(),
        usage.tenant(),
        usage.kind(),
        usage.state(),
        usage.amount().machines(),
        usage.amount().cpu(),
        usage.amount().memoryKibibytes(),
        usage.amount().diskKilobytes(),
        usage.amount().volumes(),
        usage.account(),
        from,
        usage.to());
  }

  private Optional<Instant> lastEnd(String resource) {
    return session.one(
        "select max(ended) as ended from usage_interval where resource = ?",
        row -> Session.maybe(row, "ended"),
        resource);
  }

  private static Instant latest(Optional<Instant> one, Instant other) {
    return one.filter(other::isBefore).orElse(other);
  }

  List<Usage> touching(String tenant, Instant from, Instant to) {
    return session.list(
        "select * from usage_interval where tenant = ? and began < ?"
            + " and (ended is null or ended > ?) order by resource, began",
        UsageTable::usage,
        tenant,
        to,
        from);
  }

  static Usage usage(ResultSet row) throws SQLException {
    return new Usage(
        row.getString("resource"),
        row.getString("tenant"),
        row.getString("kind"),
        row.getString("state"),
        amount(row),
        row.getString("account"),
        Session.instant(row, "began"),
        Session.maybe(row, "ended"));
  }

  static Amount amount(ResultSet row) throws SQLException {
    return new Amount(
        row.getLong("machines"),
        row.getLong("cpu"),
        row.getLong("memory_kibibytes"),
        row.getLong("disk_kilobytes"),
        row.getLong("volumes"));
  }
}
