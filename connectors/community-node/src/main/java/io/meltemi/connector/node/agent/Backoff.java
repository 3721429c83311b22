package io.meltemi.connector.node.agent;

/** Pauses that grow from a fifth of a second to five seconds. */
final class Backoff {
  private static final long FIRST = 200;
  private static final long MOST = 5000;

  private long millis = FIRST;

  void reset() {
    millis = FIRST;
  }

  void pause() {
    try {
      Thread.sleep(millis);
      millis = Math.min(MOST, millis * 2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
