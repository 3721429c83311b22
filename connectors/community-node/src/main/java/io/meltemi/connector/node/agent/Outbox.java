package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.NodeReport;
import io.meltemi.connector.node.ReportRequest;
import io.meltemi.connector.node.Reported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Reports that the broker has not taken yet: the newest of each partition. */
final class Outbox {
  /** Reports in one request; with consoles in it, the request stays below the broker's limit. */
  private static final int BATCH = 6;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Map<String, Reported> waiting = new LinkedHashMap<>();
  private Optional<NodeReport> self = Optional.empty();

  void put(Reported report) {
    lock.lock();
    try {
      waiting.put(report.id(), report);
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void put(NodeReport report) {
    lock.lock();
    try {
      self = Optional.of(report);
      filled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something to send; it stays in the box until it is {@link #sent}. */
  ReportRequest next() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && self.isEmpty()) {
        filled.await();
      }
      List<Reported> batch = new ArrayList<>(waiting.values().stream().limit(BATCH).toList());
      return new ReportRequest(batch, self.stream().toList());
    } finally {
      lock.unlock();
    }
  }

  /** Takes out what the broker has, unless there is something newer by now. */
  void sent(ReportRequest request) {
    lock.lock();
    try {
      request.reports().forEach(report -> waiting.remove(report.id(), report));
      if (self.equals(request.self().stream().findFirst())) {
        self = Optional.empty();
      }
    } finally {
      lock.unlock();
    }
  }
}
