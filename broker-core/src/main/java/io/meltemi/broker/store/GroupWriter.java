package io.meltemi.broker.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * The one writing connection. Changes that wait are stored with one commit, each under a savepoint
 * of its own; answers are given after the commit and after memory knows.
 */
final class GroupWriter implements Writer {
  private static final int MOST_IN_ONE_COMMIT = 64;

  private final Session session;
  private final Clock clock;
  private final Replica replica;
  private final Optional<Journal> journal;
  private final BlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean open = true;
  private long position;
  private long number;

  /**
   * @param session with nothing else on it, not committing by itself
   * @param replica told after each commit, before the answers
   * @param journal empty when nothing needs to outlive this process
   */
  GroupWriter(Session session, Clock clock, Replica replica, Optional<Journal> journal) {
    this.session = session;
    this.clock = clock;
    this.replica = replica;
    this.journal = journal;
    this.position = replica.position();
    this.number = session.one("select number from journal", row -> row.getLong("number"));
    this.thread = Thread.ofPlatform().name("store-writer").start(this::work);
  }

  @Override
  public <T> T run(String tenant, Function<SqlTransaction, T> work) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("a change cannot begin another one");
    }
    Waiting<T> waiting = new Waiting<>(tenant, work);
    queue.add(waiting);
    if (!open && queue.remove(waiting)) waiting.fail(closed());
    return waiting.answer();
  }

  private void work() {
    List<Waiting<?>> group = new ArrayList<>();
    try {
      while (open || !queue.isEmpty()) {
        group.add(queue.take());
        queue.drainTo(group, MOST_IN_ONE_COMMIT - 1);
        store(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      open = false;
    }
    queue.drainTo(group);
    group.forEach(waiting -> waiting.fail(closed()));
  }

  private void store(List<Waiting<?>> group) {
    long before = position;
    try {
      session.forget(0);
      for (Waiting<?> waiting : group) waiting.perform();
      if (!session.done().isEmpty()) commit();
    } catch (StoreException e) {
      position = before;
      rollback(e);
      if (group.size() == 1) group.getFirst().fail(e);
      else group.forEach(waiting -> store(List.of(waiting)));
      return;
    }
    replica.committed(
        group.stream().map(waiting -> waiting.left).reduce(Committed.NOTHING, Committed::and));
    replica.reached(position);
    group.forEach(Waiting::tell);
  }

  private void commit() {
    session.update("update journal set number = ?", number + 1);
    Optional<Runnable> takeBack = journal.map(each -> each.append(number + 1, session.done()));
    try {
      session.commit();
    } catch (StoreException e) {
      takeBack.ifPresent(Runnable::run);
      throw e;
    }
    number++;
  }

  private void rollback(StoreException cause) {
    try {
      session.rollback();
    } catch (StoreException e) {
      cause.addSuppressed(e);
    }
  }

  /** Nobody else writes. */
  @Override
  public boolean isCurrent() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    queue.add(new Waiting<>(Store.EVERYBODY, transaction -> true)); // so that it looks
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    session.close();
    journal.ifPresent(Journal::close);
  }

  private static StoreException closed() {
    return new StoreException("The store is closed.", "Ask again when the broker runs.", null);
  }

  /** A change and its answer. */
  private final class Waiting<T> {
    private final String tenant;
    private final Function<SqlTransaction, T> work;
    private final Answer<T> answer = new Answer<>();
    private Committed left = Committed.NOTHING;
    private Runnable tell = () -> {};

    Waiting(String tenant, Function<SqlTransaction, T> work) {
      this.tenant = tenant;
      this.work = work;
    }

    /** Leaves nothing in the connection when it fails. */
    void perform() {
      left = Committed.NOTHING;
      int before = session.done().size();
      var savepoint = session.savepoint();
      try {
        var transaction = new SqlTransaction(tenant, session, clock);
        T result = work.apply(transaction);
        left = transaction.finish(position);
        position += left.events();
        tell = () -> answer.give(result);
      } catch (RuntimeException | Error e) {
        session.rollback(savepoint);
        session.forget(before);
        tell = () -> answer.fail(e);
      }
    }

    void tell() {
      tell.run();
    }

    void fail(Throwable cause) {
      answer.fail(cause);
    }

    T answer() {
      return answer.await();
    }
  }
}
