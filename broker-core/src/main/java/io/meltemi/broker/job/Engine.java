package io.meltemi.broker.job;

import io.meltemi.broker.account.Errand;
import io.meltemi.broker.store.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the tasks of all queues. Each queue has lanes of its own, so that an account whose
 * provider hangs fills its own lanes and no others; as many as its provider bears calls at once,
 * for some calls take a second. Any number of engines may share one store.
 */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
  private static final Duration SHORTEST_SLEEP = Duration.ofMillis(5);

  /** Other queues must not wait for one that has no free lane. */
  private static final Duration WHILE_FULL = Duration.ofMillis(25);

  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final Tools tools;
  private final Worker worker;
  private final String name;
  private final Map<String, AtomicInteger> lanesInUse = new ConcurrentHashMap<>();
  private final Set<Work> running = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private final Phaser busy = new Phaser(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean closing;

  /**
   * @param name of this engine among all that share the store
   */
  public Engine(Tools tools, String name) {
    this.tools = tools;
    this.worker = new Worker(tools, Steps.all());
    this.name = name;
  }

  /** Begins to work; returns at once. */
  public void start() {
    AutoCloseable subscription = tools.store().onTask(wake::release);
    busy.register();
    Thread.ofVirtual()
        .name("engine-" + name)
        .start(() -> {
          try (subscription) {
            loop();
          } catch (Exception e) {
            LOG.error("engine {} stopped working", name, e);
          } finally {
            busy.arriveAndDeregister();
          }
        });
    busy.register();
    Thread.ofVirtual().name("engine-" + name + "-claims").start(this::keepClaims);
  }

  /**
   * Begins nothing more and waits a bounded time for what runs; what does not end in time is found
   * again by the next engine.
   */
  @Override
  public void close() {
    closing = true;
    closed.countDown();
    wake.release();
    try {
      busy.awaitAdvanceInterruptibly(busy.arrive(), DRAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn(
          "engine {}: {} steps still run and are left to the next start", name, running.size());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() throws InterruptedException {
    while (!closing) {
      wake.drainPermits();
      try {
        boolean more = claimAll();
        wake.tryAcquire(sleep(more).toMillis(), TimeUnit.MILLISECONDS);
      } catch (RuntimeException e) {
        LOG.warn("engine {}: the store does not answer as it should, tried again", name, e);
        wake.tryAcquire(LONGEST_SLEEP.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** True when a queue has more to do than it has free lanes: then a freed lane wakes the loop. */
  private boolean claimAll() {
    boolean full = false;
    for (String queue : tools.store().queuesDue()) {
      AtomicInteger inUse = lanesInUse.computeIfAbsent(queue, q -> new AtomicInteger());
      int most = Math.max(0, lanes(queue) - inUse.get());
      int taken = 0;
      if (most > 0) {
        for (Task task : tools.store().claim(queue, name, tools.limits().hold(), most)) {
          taken++;
          begin(task, inUse);
        }
      }
      full |= taken == most;
    }
    return full;
  }

  private int lanes(String queue) {
    return Math.max(tools.limits().lanes(), tools.connectors().limits(queue).parallel());
  }

  private Duration sleep(boolean full) {
    if (full) return WHILE_FULL;
    Instant now = tools.clock().instant();
    Duration until =
        tools.store().nextDue().map(due -> Duration.between(now, due)).orElse(LONGEST_SLEEP);
    if (until.compareTo(SHORTEST_SLEEP) < 0) return SHORTEST_SLEEP;
    return until.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : until;
  }

  private void begin(Task task, AtomicInteger inUse) {
    Work work = new Work(tools, task);
    running.add(work);
    inUse.incrementAndGet();
    busy.register();
    Thread.ofVirtual()
        .name("job-" + task.job())
        .start(() -> {
          try {
            Errand.run(() -> worker.work(work, () -> closing));
          } finally {
            running.remove(work);
            inUse.decrementAndGet();
            wake.release();
            busy.arriveAndDeregister();
          }
        });
  }

  private void keepClaims() {
    long third = tools.limits().hold().toMillis() / 3;
    try {
      while (!closed.await(third, TimeUnit.MILLISECONDS)) prolongAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      busy.arriveAndDeregister();
    }
  }

  private void prolongAll() {
    try {
      for (Work work : running) tools.store().prolong(work.task(), tools.limits().hold());
    } catch (RuntimeException e) {
      LOG.warn("engine {}: claims could not be prolonged, tried again", name, e);
    }
  }
}
