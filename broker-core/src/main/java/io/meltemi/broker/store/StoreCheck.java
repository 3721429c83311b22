package io.meltemi.broker.store;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be true of every store, looked at each time it is opened: a store that lost half a
 * transaction must not write bills.
 */
final class StoreCheck {
  private static final Logger LOG = LoggerFactory.getLogger(StoreCheck.class);

  private final Session session;

  private StoreCheck(Session session) {
    this.session = session;
  }

  static void run(Session session) {
    var check = new StoreCheck(session);
    check.mustBeNone(
        "budgets which are not the sum of their claims",
        "select name as what from budget b where not exists (select 1 from claim c"
            + " where c.budget = b.name having coalesce(sum(c.machines), 0) = b.machines"
            + " and coalesce(sum(c.cpu), 0) = b.cpu"
            + " and coalesce(sum(c.memory_kibibytes), 0) = b.memory_kibibytes"
            + " and coalesce(sum(c.disk_kilobytes), 0) = b.disk_kilobytes"
            + " and coalesce(sum(c.volumes), 0) = b.volumes)");
    check.mustBeNone(
        "intervals of use which overlap",
        "select a.resource as what from usage_interval a join usage_interval b"
            + " on a.resource = b.resource and a.began < b.began"
            + " and (a.ended is null or a.ended > b.began)");
    check.shouldBeNone(
        "resources whose parent is gone",
        "select r.id as what from resource r where r.parent is not null"
            + " and not exists (select 1 from resource p where p.id = r.parent)");
    check.shouldBeNone(
        "tasks whose job is gone",
        "select t.job as what from task t"
            + " where t.job like 'jobs/%'"
            + " and not exists (select 1 from resource r where r.id = t.job)");
  }

  private void mustBeNone(String what, String query) {
    found(what, query)
        .ifPresent(sentence -> {
          throw new StoreException(
              "The store is not whole: " + sentence,
              "Restore a copy of it; what providers run meanwhile is found again by its token.",
              null);
        });
  }

  private void shouldBeNone(String what, String query) {
    found(what, query).ifPresent(sentence -> LOG.warn("The store holds {}", sentence));
  }

  private Optional<String> found(String what, String query) {
    List<String> all =
        session.list(query + " fetch first 10 rows only", row -> row.getString("what"));
    return all.isEmpty() ? Optional.empty() : Optional.of(what + ": " + String.join(", ", all));
  }
}
