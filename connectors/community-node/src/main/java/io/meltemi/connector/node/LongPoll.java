package io.meltemi.connector.node;

import io.meltemi.connector.NodeRecords;
import io.meltemi.connector.NodeRecords.Node;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds a node's request until there is something new for it. A node holds one request open; a
 * second one sends the first home, so a node cannot fill the broker with waiting requests.
 */
final class LongPoll implements AutoCloseable {
  private final NodeRecords records;
  private final long holdNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Long> turns = new HashMap<>();
  private final AutoCloseable subscription;
  private long turn;
  private boolean closed;

  LongPoll(NodeRecords records, Duration hold) {
    this.records = records;
    this.holdNanos = hold.toNanos();
    this.subscription = records.onChange(node -> wake());
  }

  /** Returns when the node's wanted number exceeds {@code seen}, or the time is over. */
  void awaitNewer(String node, long seen) {
    lock.lock();
    try {
      long mine = ++turn;
      turns.put(node, mine);
      changed.signalAll();
      long left = holdNanos;
      while (left > 0 && !closed && isTurn(node, mine) && wantedNumber(node, seen) <= seen) {
        left = changed.awaitNanos(left);
      }
      turns.remove(node, mine);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private boolean isTurn(String node, long mine) {
    return turns.getOrDefault(node, 0L) == mine;
  }

  private long wantedNumber(String node, long seen) {
    return records.node(node).map(Node::wantedNumber).orElse(seen);
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      subscription.close();
    } catch (Exception e) {
      throw new IllegalStateException("the subscription to node records does not close", e);
    }
  }
}
