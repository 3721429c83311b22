package io.meltemi.connector.node.agent;

import java.time.Duration;

/** When to press the power button, when to cut, when to kill. */
final class Stopping {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  enum Move {
    /** Ask the guest. */
    PRESS,
    /** End it without asking. */
    CUT,
    /** End its process. */
    KILL,
    WAIT
  }

  private final Duration grace;
  private final Duration cutPatience;
  private long begun;
  private long pressed;
  private long cut;

  Stopping(Duration grace, Duration cutPatience) {
    this.grace = grace;
    this.cutPatience = cutPatience;
  }

  Move next(boolean force) {
    long now = System.nanoTime();
    if (begun == 0) {
      begun = now;
    }
    if (cut != 0) {
      return now - cut > cutPatience.toNanos() ? Move.KILL : Move.WAIT;
    }
    if (force || now - begun > grace.toNanos()) {
      cut = now;
      return Move.CUT;
    }
    if (pressed == 0 || now - pressed > AGAIN.toNanos()) {
      pressed = now;
      return Move.PRESS;
    }
    return Move.WAIT;
  }

  /** The guest has ended, or shall go on. */
  void over() {
    begun = 0;
    pressed = 0;
    cut = 0;
  }
}
