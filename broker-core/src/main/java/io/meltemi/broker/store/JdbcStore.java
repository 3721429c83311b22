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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/** A store on one database: rows from memory, all else from tables of its own. */
final class JdbcStore implements Store {
  private final Clock clock;
  private final Reads reads;
  private final Memory memory;
  private final AtomicLong lastPosition = new AtomicLong();
  private final Wakes tasks = new Wakes();
  private final Wakes events = new Wakes();
  private final Writer writer;
  private final Runnable afterClose;

  /**
   * @param writers makes the writer from what is to be told after each commit
   */
  JdbcStore(
      Kinds kinds,
      Clock clock,
      Reads reads,
      Function<Consumer<Committed>, Writer> writers,
      Runnable afterClose) {
    this.clock = clock;
    this.reads = reads;
    this.memory = new Memory(kinds, reads::rows);
    this.afterClose = afterClose;
    reads.read(session -> {
      lastPosition.set(new EventTable(session).last());
      memory.fill(new RowTable(session)::each);
      return true;
    });
    this.writer = writers.apply(this::committed);
  }

  private void committed(Committed what) {
    memory.apply(what.rows());
    lastPosition.addAndGet(what.events());
    if (what.tasks()) tasks.call();
    if (what.events() > 0) events.call();
  }

  @Override
  public <T> T write(String tenant, Change<T> change) {
    return writer.run(tenant, change::run);
  }

  @Override
  public Optional<Row> read(String tenant, String id) {
    return memory.read(tenant, id);
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
    return memory.list(
        new Memory.Wanted(tenant, kind, parent, filter, List.copyOf(order), first, limit));
  }

  @Override
  public List<Row> all(String kind) {
    return memory.all(kind);
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
  public Optional<Instant> nextDue() {
    return reads.read(session -> new TaskTable(session).nextDue());
  }

  @Override
  public AutoCloseable onTask(Runnable wake) {
    return tasks.add(wake);
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
    return lastPosition.get();
  }

  @Override
  public long firstPosition() {
    return reads.read(session -> new EventTable(session).beforeFirst());
  }

  @Override
  public AutoCloseable onEvents(Runnable wake) {
    return events.add(wake);
  }

  @Override
  public List<Usage> usage(String tenant, Instant from, Instant to) {
    return reads.read(session -> new UsageTable(session).touching(tenant, from, to));
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
    writer.close();
    reads.close();
    afterClose.run();
  }
}
