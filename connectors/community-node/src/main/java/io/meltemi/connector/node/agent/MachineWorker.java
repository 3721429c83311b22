package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.Reported;
import io.meltemi.connector.node.ReportedMachine;
import io.meltemi.connector.node.WantedMachine;
import io.meltemi.connector.node.host.HostException;
import io.meltemi.pivot.MachineState;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one machine as it is wanted: looks what is there, takes one step, looks again. A thread of
 * its own, so that a slow machine holds up no other.
 */
final class MachineWorker {
  private static final Logger LOG = LoggerFactory.getLogger(MachineWorker.class);
  private static final long CALM_MILLIS = 200;
  private static final long BUSY_MILLIS = 50;

  private final MachineSteps steps;
  private final Consumer<Reported> outbox;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicReference<Optional<Row>> next = new AtomicReference<>(Optional.empty());
  private final ConcurrentLinkedQueue<CompletableFuture<Path>> copies =
      new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private Optional<ReportedMachine> last = Optional.empty();

  /** A wanted row with its number. */
  private record Row(long number, WantedMachine wanted) {}

  MachineWorker(MachineSteps steps, Consumer<Reported> outbox) {
    this.steps = steps;
    this.outbox = outbox;
    this.thread = Thread.ofVirtual().name("machine-" + steps.id()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  MachineRecord current() {
    return steps.current();
  }

  /** What shall be from now on; an older or equal row changes nothing. */
  void want(long number, WantedMachine wanted) {
    next.set(Optional.of(new Row(number, wanted)));
    wake.release();
  }

  /**
   * A copy of the first disk at one moment; the machine is paused while it is made. Fails with a
   * {@link HostException}.
   */
  CompletableFuture<Path> copyDisk() {
    CompletableFuture<Path> copy = new CompletableFuture<>();
    copies.add(copy);
    wake.release();
    return copy;
  }

  /** The end of its console. */
  String console(int most) {
    return steps.console(most);
  }

  private void run() {
    try {
      boolean there = true;
      while (there) {
        there = !turn().absent();
        if (there) {
          rest();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      copies.forEach(copy -> copy.completeExceptionally(new HostException("the machine is gone")));
    }
  }

  private ReportedMachine turn() {
    ReportedMachine now;
    try {
      next.getAndSet(Optional.empty()).ifPresent(row -> steps.want(row.number(), row.wanted()));
      Optional.ofNullable(copies.poll()).ifPresent(this::copy);
      now = steps.step();
    } catch (RuntimeException e) {
      now = steps.trouble(String.valueOf(e.getMessage()));
      if (!last.equals(Optional.of(now))) {
        LOG.warn("machine {} is in trouble", steps.id(), e);
      }
    }
    report(now);
    return now;
  }

  private void copy(CompletableFuture<Path> asked) {
    try {
      report(steps.shown(MachineState.CAPTURING));
      asked.complete(steps.copyDisk());
    } catch (RuntimeException e) {
      asked.completeExceptionally(e);
    }
  }

  private void report(ReportedMachine now) {
    if (!last.equals(Optional.of(now))) {
      LOG.info("machine {} is {} {}", now.id(), now.state(), now.reason());
      last = Optional.of(now);
      outbox.accept(now);
    }
  }

  private void rest() throws InterruptedException {
    boolean busy = last.map(told -> told.state().transitional()).orElse(true);
    if (wake.tryAcquire(busy ? BUSY_MILLIS : CALM_MILLIS, TimeUnit.MILLISECONDS)) {
      wake.drainPermits();
    }
  }

  /** Ends the worker; the guest goes on. */
  void close() {
    thread.interrupt();
  }
}
