package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.pivot.Amount;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change under way. Events are kept back and stored as its last statement: numbered that late,
 * they stand after those of every change whose outcome this one can have seen.
 */
final class SqlTransaction implements Transaction {
  private final String tenant;
  private final Clock clock;
  private final Session session;
  private final RowTable rows;
  private final TaskTable tasks;
  private final UsageTable usage;
  private final ClaimTable claims;
  private final KeyTable keys;
  private final Map<String, Row> seen = new HashMap<>();
  private final Map<String, Optional<Row>> changed = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private boolean storedTask;

  SqlTransaction(String tenant, Session session, Clock clock) {
    this.tenant = tenant;
    this.clock = clock;
    this.session = session;
    this.rows = new RowTable(session);
    this.tasks = new TaskTable(session);
    this.usage = new UsageTable(session);
    this.claims = new ClaimTable(session);
    this.keys = new KeyTable(session);
  }

  /**
   * Stores the events and tells what was changed.
   *
   * @param position of the last event before
   */
  Committed finish(long position) {
    if (!events.isEmpty()) new EventTable(session).insert(events, position);
    return new Committed(changed, storedTask, events.size());
  }

  /** The connection, for tables that no change of rows concerns. */
  Session session() {
    return session;
  }

  @Override
  public Optional<Row> find(String id) {
    Optional<Row> row = rows.find(id).filter(each -> Memory.mayRead(tenant, each.tenant()));
    row.ifPresent(each -> seen.put(id, each));
    return row;
  }

  @Override
  public List<Row> children(String parent, String kind) {
    return rows.children(parent, kind).stream()
        .filter(row -> Memory.mayRead(tenant, row.tenant()))
        .toList();
  }

  @Override
  public Row insert(Row row) {
    mustOwn(row.tenant(), row.id());
    Row stored = numbered(row, 1);
    rows.insert(stored);
    return noted("created", stored, about(stored));
  }

  @Override
  public Row update(Row row) {
    mustOwn(row.tenant(), row.id());
    String before = stateBefore(row);
    Row stored = numbered(row, row.generation() + 1);
    rows.update(stored);
    if (before.equals(row.state())) return noted("changed", stored, about(stored));
    return noted("state", stored, about(stored).put("before", before));
  }

  @Override
  public Row touch(Row row) {
    mustOwn(row.tenant(), row.id());
    Row stored = numbered(row, row.generation() + 1);
    rows.update(stored);
    if (session.dialect() == Dialect.POSTGRESQL) {
      return noted(EventTable.TOUCHED, stored, JsonNodeFactory.instance.objectNode());
    }
    seen.put(stored.id(), stored);
    changed.put(stored.id(), Optional.of(stored));
    return stored;
  }

  private String stateBefore(Row row) {
    Row known = seen.get(row.id());
    if (known != null && known.generation() == row.generation()) return known.state();
    return rows.find(row.id()).map(Row::state).orElse("");
  }

  @Override
  public void delete(Row row) {
    mustOwn(row.tenant(), row.id());
    rows.delete(row);
    seen.remove(row.id());
    changed.put(row.id(), Optional.empty());
    record("deleted", row, about(row));
  }

  private Row noted(String type, Row row, ObjectNode content) {
    seen.put(row.id(), row);
    changed.put(row.id(), Optional.of(row));
    record(type, row, content);
    return row;
  }

  private static ObjectNode about(Row row) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", row.name())
        .put("state", row.state())
        .put("generation", row.generation());
  }

  private void record(String type, Row row, ObjectNode content) {
    events.add(new Event(0, row.tenant(), type, row.id(), row.kind(), clock.instant(), content));
  }

  @Override
  public void record(Event event) {
    if (!event.tenant().equals(Row.HOUSE)) mustOwn(event.tenant(), event.resource());
    events.add(event);
  }

  @Override
  public void insertTask(Task task) {
    mustOwn(task.tenant(), task.job());
    tasks.insert(task);
    storedTask = true;
  }

  @Override
  public void updateTask(Task task) {
    mustOwn(task.tenant(), task.job());
    tasks.update(task);
    storedTask = true;
  }

  @Override
  public void deleteTask(Task task) {
    mustOwn(task.tenant(), task.job());
    tasks.delete(task);
  }

  @Override
  public Optional<Task> task(String job) {
    return tasks.find(job).filter(task -> Memory.mayRead(tenant, task.tenant()));
  }

  @Override
  public boolean interrupt(String job) {
    if (task(job).isEmpty()) return false;
    storedTask = true;
    return tasks.interrupt(job, clock.instant());
  }

  @Override
  public List<FactChange> facts(String account) {
    return new FactTable(session).newest(account);
  }

  @Override
  public void recordFacts(List<FactChange> changes) {
    if (!changes.isEmpty()) new FactTable(session).insert(changes);
  }

  @Override
  public void endUsage(String resource, Instant at) {
    usage
        .open(resource)
        .ifPresent(open -> {
          mustOwn(open.tenant(), resource);
          usage.end(open, Session.exact(at));
        });
  }

  @Override
  public void startUsage(Usage next) {
    mustOwn(next.tenant(), next.resource());
    endUsage(next.resource(), next.from());
    usage.start(next);
  }

  @Override
  public boolean claim(String budget, String holder, Amount amount, Amount limit) {
    return claims.claim(budget, holder, amount, limit);
  }

  @Override
  public void resize(String holder, Amount amount) {
    claims.resize(holder, amount);
  }

  @Override
  public void release(String holder) {
    claims.release(holder);
  }

  @Override
  public boolean remember(String key, String digest, String answer, Instant until) {
    return keys.remember(tenant, key, digest, answer, until, clock.instant());
  }

  @Override
  public Optional<Remembered> remembered(String key) {
    return keys.remembered(tenant, key, clock.instant());
  }

  private void mustOwn(String owner, String what) {
    if (!tenant.equals(Store.EVERYBODY) && !owner.equals(tenant)) {
      throw new StaleException(what + " is not of tenant " + tenant);
    }
  }

  private static Row numbered(Row row, long generation) {
    return new Row(
        row.id(),
        row.tenant(),
        row.kind(),
        row.parent(),
        row.name(),
        row.state(),
        Session.exact(row.created()),
        Session.exact(row.updated()),
        generation,
        row.document());
  }
}
