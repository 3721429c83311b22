package io.meltemi.connector.openstack;

import io.meltemi.connector.Http;
import io.meltemi.connector.RetryAfter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The longest pause that an answer asked for, whichever call it was the answer to. */
final class Rest {
  private final AtomicLong until = new AtomicLong(System.nanoTime());

  void heard(Http.Answer answer) {
    boolean tooMuch = answer.status() == 413 || answer.status() == 429 || answer.status() == 503;
    if (!tooMuch) return;
    RetryAfter.of(answer.headers().firstValue("Retry-After"), answer.headers().firstValue("Date"))
        .map(RetryAfter::rest)
        .map(pause -> System.nanoTime() + pause.toNanos())
        .ifPresent(then -> until.accumulateAndGet(then, (a, b) -> a - b > 0 ? a : b));
  }

  /** Zero when nothing was asked for, or that is over. */
  Duration left() {
    return Duration.ofNanos(Math.max(0, until.get() - System.nanoTime()));
  }
}
