package io.meltemi.broker.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to be called after commits; what they do there must be short. */
final class Wakes {
  private static final Logger LOG = LoggerFactory.getLogger(Wakes.class);

  private final List<Runnable> wakes = new CopyOnWriteArrayList<>();

  AutoCloseable add(Runnable wake) {
    Runnable own = wake::run;
    wakes.add(own);
    return () -> wakes.remove(own);
  }

  void call() {
    for (Runnable wake : wakes) {
      try {
        wake.run();
      } catch (RuntimeException e) {
        LOG.error("One that was called after a commit failed", e);
      }
    }
  }
}
