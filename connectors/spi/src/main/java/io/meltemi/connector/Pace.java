package io.meltemi.connector;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/**
 * How fast the answers of one provider are read, all together. One that floods us then takes a
 * small share of this machine, and is cut off by the limits of length and time as any other.
 */
public final class Pace {
  /** Bytes a second. */
  static final long RATE = 1 << 20;

  /** Bytes that pass at once after a rest. */
  static final long BURST = 2 << 20;

  private static final long NANOSECONDS_OF_BURST = BURST * 1_000_000_000 / RATE;

  /** When all that was read has been paid for with time; moves with {@link System#nanoTime()}. */
  private long paid = System.nanoTime();

  /** The same bytes, no faster than this. */
  public InputStream over(InputStream answer) {
    return new FilterInputStream(answer) {
      @Override
      public int read() throws IOException {
        int next = super.read();
        if (next >= 0) await(1);
        return next;
      }

      @Override
      public int read(byte[] into, int from, int most) throws IOException {
        int count = super.read(into, from, most);
        if (count > 0) await(count);
        return count;
      }
    };
  }

  private void await(long bytes) throws InterruptedIOException {
    long ahead = pay(bytes) - NANOSECONDS_OF_BURST;
    if (ahead <= 0) return;
    try {
      TimeUnit.NANOSECONDS.sleep(ahead);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted in the middle of an answer");
    }
  }

  /** How far it is ahead of its time then, in nanoseconds. */
  private synchronized long pay(long bytes) {
    long now = System.nanoTime();
    if (paid - now < 0) paid = now;
    paid += bytes * 1_000_000_000 / RATE;
    return paid - now;
  }
}
