package io.meltemi.broker.store;

import io.meltemi.model.query.Filter;
import io.meltemi.model.query.Ordering;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The book. {@link #write} is the only way to change it; reads are served from decoded rows in
 * memory which are true on the replica that wrote.
 */
public interface Store extends AutoCloseable {
  /** The tenant of changes that concern rows of several tenants: workers, watchers, log-in. */
  String EVERYBODY = "*";

  /**
   * Runs a change and returns when it is committed, durable and visible to reads.
   *
   * @param tenant whose rows may be changed; {@link #EVERYBODY} for duties of the broker itself
   */
  <T> T write(String tenant, Change<T> change);

  /** A row, if it belongs to the tenant or to the house; {@link #EVERYBODY} sees all. */
  Optional<Row> read(String tenant, String id);

  /**
   * Rows of a kind: the tenant's and the house's.
   *
   * @param parent path of the owning resource; empty for rows at the top
   * @param order first by the first; then, and without it, by creation and id
   * @param first 0-based
   * @param limit at most so many
   */
  Found list(
      String tenant,
      String kind,
      Optional<String> parent,
      Optional<Filter> filter,
      List<Ordering> order,
      long first,
      long limit);

  /**
   * @param count rows which match, before the range was cut
   */
  record Found(long count, List<Row> rows) {}

  /** All rows of a kind of every tenant, for duties of the broker itself. */
  List<Row> all(String kind);

  /**
   * Hands out up to {@code most} tasks of a queue that are due and which nobody holds, or whose
   * holder's claim is over; each with a new fence.
   */
  List<Task> claim(String queue, String owner, Duration hold, int most);

  /** Queues which have a task that is due or held past its claim. */
  List<String> queuesDue();

  /** Tasks of a queue that are at a step, whoever holds them. */
  List<Task> tasks(String queue, String step);

  /** When the next task becomes due, for those who wait. */
  Optional<Instant> nextDue();

  /** Calls after every commit that stored a task. */
  AutoCloseable onTask(Runnable wake);

  /** Prolongs the claim of a task; false when it was lost. */
  boolean prolong(Task task, Duration hold);

  /**
   * Events after a position, in commit order, at most {@code most}.
   *
   * @param tenant whose events, the house's included for {@link #EVERYBODY} only
   */
  List<Event> events(String tenant, long after, int most);

  /** Position of the newest event that readers may see. */
  long lastPosition();

  /** Position before the oldest event that is kept. */
  long firstPosition();

  /** Calls after commits which stored events, on whatever replica, in commit order. */
  AutoCloseable onEvents(Runnable wake);

  /** Usage intervals of a tenant which touch the period, by resource and begin. */
  List<Usage> usage(String tenant, Instant from, Instant to);

  /** What changed of an account's facts as far as it is kept, newest first. */
  List<FactChange> factChanges(String account);

  /** What holders took from a budget. */
  io.meltemi.pivot.Amount claimed(String budget);

  /** The database's time: leases between processes are judged by it. */
  Instant databaseTime();

  /**
   * Takes or prolongs a lease; empty when another holds it. The number grows with every new holder.
   */
  Optional<Long> lease(String name, String owner, Duration hold);

  /**
   * False when this replica has not heard for more than 5 s what others wrote: it reads past its
   * memory then, and is not ready.
   */
  boolean isCurrent();

  /**
   * False while changes cannot be stored, as with a full disk; found out anew at each question, so
   * it is true again by itself.
   */
  boolean takesWrites();

  @Override
  void close();
}
