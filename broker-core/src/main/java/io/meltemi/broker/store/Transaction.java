package io.meltemi.broker.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One change of the book, inside {@link Store#write}. Reads see the rows themselves, never a cache.
 * Every update and delete names id, tenant and generation: a row of another tenant, or one that has
 * moved on, is a {@link StaleException} and nothing of the change stays.
 */
public interface Transaction {
  /** The row as it is, if it belongs to the tenant of this change or to the house. */
  Optional<Row> find(String id);

  /** Rows below a parent, by id. */
  List<Row> children(String parent, String kind);

  /** Stores a new row; its generation becomes 1. Records {@code created}. */
  Row insert(Row row);

  /**
   * Replaces the row of the same id, tenant and generation. Records {@code state} when the state
   * changed, else {@code changed}.
   */
  Row update(Row row);

  /** Removes the row of the same id, tenant and generation. Records {@code deleted}. */
  void delete(Row row);

  /**
   * Updates a row where no reader would call it a change, for instance a time of observation. No
   * event tells of it; only where several replicas share a database do they tell each other.
   */
  Row touch(Row row);

  /** Records an event beyond those that the row changes record by themselves. */
  void record(Event event);

  void insertTask(Task task);

  /** Replaces a task that is held under its fence; an older fence is a {@link StaleException}. */
  void updateTask(Task task);

  /** Removes a task that is held under its fence. */
  void deleteTask(Task task);

  /** The task of a job, whoever holds it. */
  Optional<Task> task(String job);

  /**
   * Takes the task of a job away from whoever holds it and makes it due now; a worker that still
   * runs it loses by its fence. False when the job has no task any more.
   */
  boolean interrupt(String job);

  /** What was recorded last of each fact of an account, by number. */
  List<FactChange> facts(String account);

  /** Records what changed, under the numbers that follow those of {@link #facts}. */
  void recordFacts(List<FactChange> changes);

  /** Ends the open interval of the resource at {@code at}, if there is one. */
  void endUsage(String resource, Instant at);

  /** Ends the open interval of the resource, if there is one, and opens this one. */
  void startUsage(Usage usage);

  /**
   * Takes an amount for a holder from a budget; the last statement before commit. False when less
   * than that is left, and then nothing is taken. A holder that took already takes nothing more.
   *
   * @param budget for instance {@code tenant:t1} or {@code account:a1}
   * @param limit what the budget holds in all
   */
  boolean claim(
      String budget, String holder, io.meltemi.pivot.Amount amount, io.meltemi.pivot.Amount limit);

  /**
   * Makes what the holder took from its budgets this amount, whatever their limits: it is what the
   * holder has. One that took nothing still takes nothing.
   */
  void resize(String holder, io.meltemi.pivot.Amount amount);

  /** Gives back what the holder took from all budgets. */
  void release(String holder);

  /** Remembers an answer for an idempotency key; false when the key is taken. */
  boolean remember(String key, String digest, String answer, Instant until);

  /** What was remembered for a key: its digest and answer. */
  Optional<Remembered> remembered(String key);

  /**
   * @param digest of the request that came with the key
   * @param answer as it was stored
   */
  record Remembered(String digest, String answer) {}
}
