package io.meltemi.broker.event;

import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The events of a caller's tenant, for any number of readers. A reader pulls from the store at its
 * own speed and keeps nothing in memory; who falls too far behind is told to read again.
 */
public final class EventFeed implements AutoCloseable {
  /** Events that may wait for one reader. */
  static final int MOST_WAITING = 1000;

  private final Store store;
  private final int mostPerUser;
  private final Map<String, Integer> readers = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AutoCloseable subscription;
  private volatile long signals;
  private volatile boolean over;

  /**
   * @param mostPerUser streams that one user may hold open
   */
  public EventFeed(Store store, int mostPerUser) {
    this.store = store;
    this.mostPerUser = mostPerUser;
    this.subscription = store.onEvents(this::wake);
  }

  /**
   * Begins to read.
   *
   * @param after position of the last event that the reader knows; empty begins with what happens
   *     from now on
   * @param holds false when the caller may no longer read: the reader ends then
   * @throws io.meltemi.model.ProblemException 429 when the user holds too many streams
   */
  public Reader open(Caller caller, OptionalLong after, BooleanSupplier holds) {
    readers.merge(caller.user(), 1, Integer::sum);
    Reader reader = new Reader(caller, after.orElseGet(store::lastPosition), holds);
    if (readers.getOrDefault(caller.user(), 0) > mostPerUser) {
      reader.close();
      throw Problem.of(
              429,
              "events.too-many",
              "This user follows events " + mostPerUser + " times already.",
              "Close a stream before opening another.")
          .asException();
    }
    return reader;
  }

  private void wake() {
    lock.lock();
    try {
      signals++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** False when the time is over and nothing was signalled since. */
  private boolean awaitSignal(long seen, long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (signals == seen) {
        long left = deadline - System.nanoTime();
        if (left <= 0) return false;
        var ignored = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all readers. */
  @Override
  public void close() {
    if (over) return;
    over = true;
    wake();
    try {
      subscription.close();
    } catch (Exception e) {
      throw new IllegalStateException("the subscription to events does not close", e);
    }
  }

  /** One reader; used by one thread. */
  public final class Reader implements AutoCloseable {
    private final Caller caller;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final BooleanSupplier holds;
    private long position;

    private Reader(Caller caller, long position, BooleanSupplier holds) {
      this.caller = caller;
      this.position = position;
      this.holds = holds;
    }

    /** Waits for the next events, but no longer than this. */
    public Batch next(Duration wait) throws InterruptedException {
      long deadline = System.nanoTime() + wait.toNanos();
      while (true) {
        long seen = signals;
        if (over || !holds.getAsBoolean()) return new Batch.Over();
        if (position < store.firstPosition() || position > store.lastPosition()) return resync();
        List<Event> found = store.events(caller.tenant(), position, MOST_WAITING + 1);
        if (found.size() > MOST_WAITING) return resync();
        List<Happening> heard = heard(found);
        if (!heard.isEmpty()) return new Batch.News(heard);
        if (!awaitSignal(seen, deadline)) return new Batch.Quiet();
      }
    }

    private Batch resync() {
      position = store.lastPosition();
      return new Batch.Resync(position);
    }

    private List<Happening> heard(List<Event> events) {
      if (!events.isEmpty()) position = events.getLast().position();
      return events.stream()
          .filter(event -> Happening.isFor(caller, event))
          .map(Happening::of)
          .toList();
    }

    @Override
    public void close() {
      if (open.getAndSet(false)) {
        readers.computeIfPresent(
            caller.user(), (user, count) -> count > 1 ? Integer.valueOf(count - 1) : null);
      }
    }
  }
}
