package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.NodeReport;
import io.meltemi.connector.node.ReportRequest;
import io.meltemi.connector.node.Reported;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Reports that the broker has not taken yet: the newest of each partition. */
final class Outbox {
  /** Reports in one request; with consoles in it, the request stays below the broker's limit. */
  private static final int BATCH = 6;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Map<String, Reported> waiting = new LinkedHashMap<>();
  private final Supplier<NodeReport> self;
  private boolean selfChanged;

  /**
   * @param self what the node says of itself now
   */
  Outbox(Supplier<NodeReport> self) {
    this.self = self;
  }

  void put(Reported report) {
    lock.lock();
    try {
      waiting.put(report.id(), report);
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The node itself has something new to say. */
  void selfChanged() {
    lock.lock();
    try {
      selfChanged = true;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void awaitSomething() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !selfChanged) {
        filled.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What to send now; reports stay in the box until they are {@link #sent}. */
  ReportRequest next() {
    lock.lock();
    try {
      List<NodeReport> news = selfChanged ? List.of(self.get()) : List.of();
      selfChanged = false;
      return new ReportRequest(waiting.values().stream().limit(BATCH).toList(), news);
    } finally {
      lock.unlock();
    }
  }

  /** Takes out what the broker has, unless there is something newer by now. */
  void sent(ReportRequest request) {
    lock.lock();
    try {
      request.reports().forEach(report -> waiting.remove(report.id(), report));
    } finally {
      lock.unlock();
    }
  }
}
