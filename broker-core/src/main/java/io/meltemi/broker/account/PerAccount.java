package io.meltemi.broker.account;

import io.meltemi.broker.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A duty that is done for every account again and again, each on a thread of its own: one that
 * hangs delays no other. Accounts that come or go are noticed; one that comes again waits until its
 * last duty of before has ended, so that what is done when it leaves does not meet what is done
 * since.
 */
public final class PerAccount implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PerAccount.class);
  private static final Duration ROUND = Duration.ofMillis(500);

  private final String name;
  private final Accounts accounts;
  private final Store store;
  private final Function<Account, Duration> pause;
  private final Consumer<Account> duty;
  private final Consumer<String> left;
  private final Map<String, Loop> loops = new ConcurrentHashMap<>();
  private final Semaphore changed = new Semaphore(1);
  private volatile boolean closing;

  /**
   * @param duty what is done
   * @param left hears of an account that is gone, after the duty was done for it the last time
   */
  public PerAccount(
      String name,
      Accounts accounts,
      Store store,
      Function<Account, Duration> pause,
      Consumer<Account> duty,
      Consumer<String> left) {
    this.name = name;
    this.accounts = accounts;
    this.store = store;
    this.pause = pause;
    this.duty = duty;
    this.left = left;
  }

  /** Begins; returns at once. */
  public void start() {
    Thread.ofVirtual().name(name).start(this::follow);
  }

  /** Does the duty for that account as soon as possible. */
  public void hurry(String account) {
    Loop loop = loops.get(account);
    if (loop == null) {
      changed.release();
    } else {
      loop.hurry.release();
    }
  }

  private void follow() {
    try (AutoCloseable subscription = store.onEvents(changed::release)) {
      while (!closing) {
        changed.tryAcquire(5, TimeUnit.SECONDS);
        changed.drainPermits();
        if (!closing) refresh();
        Thread.sleep(ROUND.dividedBy(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.error("{} no longer follows the accounts", name, e);
    }
  }

  private void refresh() {
    try {
      List<String> now = accounts.all().stream().map(Account::id).toList();
      loops.forEach((id, loop) -> {
        if (!now.contains(id)) loop.end();
      });
      for (String id : now) loops.computeIfAbsent(id, this::begin);
    } catch (RuntimeException e) {
      LOG.warn("{}: the accounts cannot be read, tried again", name, e);
    }
  }

  private Loop begin(String id) {
    Loop loop = new Loop(id);
    Thread.ofVirtual().name(name + "-" + id).start(loop);
    return loop;
  }

  /** Ends after what runs now; does not wait for it. */
  @Override
  public void close() {
    closing = true;
    changed.release();
    loops.values().forEach(Loop::end);
  }

  private final class Loop implements Runnable {
    private final String id;
    private final Semaphore hurry = new Semaphore(0);
    private volatile boolean over;

    Loop(String id) {
      this.id = id;
    }

    void end() {
      over = true;
      hurry.release();
    }

    @Override
    public void run() {
      try {
        while (!closing && !over) {
          Duration rest = once();
          hurry.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS);
          hurry.drainPermits();
        }
        if (!closing) left.accept(id);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        loops.remove(id, this);
        changed.release();
      }
    }

    /** What outlives its end may find the store closed. */
    private void failed(RuntimeException failure) {
      if (closing || over) {
        LOG.debug("{} of account {} is left", name, id, failure);
      } else {
        LOG.warn("{} of account {} failed, tried again", name, id, failure);
      }
    }

    private Duration once() {
      try {
        Optional<Account> account = accounts.find(id);
        if (account.isEmpty()) return ROUND;
        Errand.run(() -> duty.accept(account.get()));
        return pause.apply(account.get());
      } catch (RuntimeException e) {
        failed(e);
        return ROUND.multipliedBy(10);
      }
    }
  }
}
