package io.meltemi.broker.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changes of facts. The newest of each fact is kept as long as the fact is told. */
final class FactTable {
  private static final String OVER = "(not newest or new_value is null)";

  private final Session session;

  FactTable(Session session) {
    this.session = session;
  }

  /** All of an account, newest first. */
  List<FactChange> of(String account) {
    return session.list(
        "select * from fact_change where account = ? order by number desc",
        FactTable::change,
        account);
  }

  /** The newest of each fact of an account. */
  List<FactChange> newest(String account) {
    return session.list(
        "select * from fact_change where account = ? and newest order by number",
        FactTable::change,
        account);
  }

  /** Each becomes the newest of its fact. A number that another replica took is a duplicate. */
  void insert(List<FactChange> changes) {
    session.batch(
        "update fact_change set newest = false"
            + " where account = ? and place = ? and fact = ? and newest",
        changes.stream()
            .map(each -> new Object[] {each.account(), each.place(), each.fact()})
            .toList());
    session.batch(
        "insert into fact_change (account, number, place, fact, old_value, new_value, source,"
            + " happened, newest) values (?, ?, ?, ?, ?, ?, ?, ?, true)",
        changes.stream().map(FactTable::values).toList());
  }

  private static Object[] values(FactChange change) {
    return new Object[] {
      change.account(),
      change.number(),
      change.place(),
      change.fact(),
      change.before(),
      change.after(),
      change.source(),
      change.time()
    };
  }

  /** Removes the oldest of those which are over and happened before. */
  int prune(Instant before, int most) {
    return remove(
        "select c.account, c.number from fact_change c"
            + " join (select account, max(number) as last from fact_change group by account) l"
            + " on l.account = c.account where c.happened < ? and c.number < l.last and "
            + OVER
            + " order by c.account, c.number fetch first ? rows only",
        before,
        most);
  }

  /** Removes the oldest of those which are over, beyond a number of each account. */
  int pruneBeyond(int kept, int most) {
    return remove(
        "select account, number from (select account, number, row_number()"
            + " over (partition by account order by number desc) as age from fact_change where "
            + OVER
            + ") c where age > ? order by account, number fetch first ? rows only",
        kept,
        most);
  }

  /** Removes some of those whose account is gone. */
  int pruneLost(int most) {
    return session
        .first(
            "select account from (select distinct account from fact_change) c where not exists"
                + " (select 1 from resource where id = 'accounts/' || account)"
                + " fetch first 1 rows only",
            row -> row.getString("account"))
        .map(lost ->
            remove(
                "select account, number from fact_change where account = ?"
                    + " fetch first ? rows only",
                lost,
                most))
        .orElse(0);
  }

  private int remove(String query, Object... values) {
    List<Object[]> keys =
        session.list(
            query, row -> new Object[] {row.getString("account"), row.getLong("number")}, values);
    session.batch("delete from fact_change where account = ? and number = ?", keys);
    return keys.size();
  }

  private static FactChange change(ResultSet row) throws SQLException {
    return new FactChange(
        row.getString("account"),
        row.getLong("number"),
        row.getString("place"),
        row.getString("fact"),
        Optional.ofNullable(row.getString("old_value")),
        Optional.ofNullable(row.getString("new_value")),
        row.getString("source"),
        Session.instant(row, "happened"));
  }
}
