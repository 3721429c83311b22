package io.meltemi.broker.store;

import io.meltemi.model.query.Filter;
import io.meltemi.model.query.Ordering;
import io.meltemi.model.schema.Kinds;
import io.meltemi.pivot.Amount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A store on one database: rows from memory, all else from tables of its own. */
final class JdbcStore implements Store {
  private final Clock clock;
  private final Kinds kinds;
  private final Pool reads;
  private final Replica replica;
  private final WatchedWriter writer;
  private final Runnable afterClose;
  private final Pruning pruning;

  JdbcStore(Opening opening, Pool reads, Replica replica, Writer writer, Runnable afterClose) {
    this.clock = opening.clock();
    this.kinds = opening.kinds();
    this.reads = reads;
    this.replica = replica;
    this.writer = new WatchedWriter(writer);
    this.afterClose = afterClose;
    this.pruning = new Pruning(this, this.writer, clock, opening.retention()).start();
  }

  /** For those who do not want to wait for the next round. */
  void prune() {
    pruning.prune();
  }

  @Override
  public <T> T write(String tenant, Change<T> change) {
    return writer.run(tenant, change::run);
  }

  @Override
  public Optional<Row> read(String tenant, String id) {
    if (isCurrent()) return replica.memory().read(tenant, id);
    return reads.rows(List.of(id)).stream()
        .filter(row -> Memory.mayRead(tenant, row.tenant()))
        .findFirst();
  }

  @Override
  public boolean isCurrent() {
    return writer.isCurrent();
  }

  @Override
  public boolean takesWrites() {
    return writer.takesWrites();
  }

  @Override
  public Found list(
      String tenant,
      String kind,
      Optional<String> parent,
      Optional<Filter> filter,
      List<Ordering> order,
      long first,
      long limit) {
    return memory(kind)
        .list(new Memory.Wanted(tenant, kind, parent, filter, List.copyOf(order), first, limit));
  }

  @Override
  public List<Row> all(String kind) {
    return memory(kind).all(kind);
  }

  /** What lists of a kind are served from: made anew of the rows while memory may be old. */
  private Memory memory(String kind) {
    if (isCurrent()) return replica.memory();
    Memory fresh = new Memory(kinds, reads::rows);
    fresh.fill(each -> reads.read(session -> new RowTable(session).ofKind(kind)).forEach(each));
    return fresh;
  }

  @Override
  public List<Task> claim(String queue, String owner, Duration hold, int most) {
    return direct(
        session -> new TaskTable(session).claim(queue, owner, hold, clock.instant(), most));
  }

  @Override
  public List<String> queuesDue() {
    return reads.read(session -> new TaskTable(session).queuesDue(clock.instant()));
  }

  @Override
  public List<Task> tasks(String queue, String step) {
    return reads.read(session -> new TaskTable(session).at(queue, step));
  }

  @Override
  public Optional<Instant> nextDue() {
    return reads.read(session -> new TaskTable(session).nextDue());
  }

  @Override
  public AutoCloseable onTask(Runnable wake) {
    return replica.tasks().add(wake);
  }

  @Override
  public boolean prolong(Task task, Duration hold) {
    return direct(session -> new TaskTable(session).prolong(task, hold));
  }

  @Override
  public List<Event> events(String tenant, long after, int most) {
    return reads.read(session -> new EventTable(session).after(tenant, after, most));
  }

  @Override
  public long lastPosition() {
    return replica.position();
  }

  @Override
  public long firstPosition() {
    return reads.read(session -> new EventTable(session).beforeFirst());
  }

  @Override
  public AutoCloseable onEvents(Runnable wake) {
    return replica.events().add(wake);
  }

  @Override
  public List<Usage> usage(String tenant, Instant from, Instant to) {
    return reads.read(session -> new UsageTable(session).touching(tenant, from, to));
  }

  @Override
  public List<FactChange> factChanges(String account) {
    return reads.read(session -> new FactTable(session).of(account));
  }

  @Override
  public Amount claimed(String budget) {
    return reads.read(session -> new ClaimTable(session).claimed(budget));
  }

  @Override
  public Instant databaseTime() {
    return reads.read(session -> new LeaseTable(session).now());
  }

  @Override
  public Optional<Long> lease(String name, String owner, Duration hold) {
    return direct(session -> new LeaseTable(session).take(name, owner, hold));
  }

  private <T> T direct(Function<Session, T> work) {
    return writer.run(EVERYBODY, transaction -> work.apply(transaction.session()));
  }

  @Override
  public void close() {
    pruning.close();
    writer.close();
    reads.close();
    afterClose.run();
  }
}
