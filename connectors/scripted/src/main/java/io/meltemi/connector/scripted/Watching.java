package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks the cloud for news until it is closed or learns that the cloud has none. */
final class Watching implements Runnable, AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Cloud cloud;
  private final Consumer<Handle> changed;
  private boolean closed;

  Watching(Cloud cloud, Consumer<Handle> changed) {
    this.cloud = cloud;
    this.changed = changed;
  }

  @Override
  public void run() {
    long number = 0;
    try {
      while (open()) {
        number = next(number);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long next(long number) throws InterruptedException {
    try {
      Cloud.News news = cloud.news(number);
      news.machines().forEach(this::tell);
      return news.number();
    } catch (ConnectorException e) {
      if (e.fault() == Fault.UNSUPPORTED) {
        throw (InterruptedException) new InterruptedException(e.reason()).initCause(e);
      }
      Thread.sleep(PAUSE);
      return number;
    }
  }

  /** Once the watch is closed nobody is told any more. */
  private synchronized void tell(String machine) {
    if (!closed) {
      changed.accept(new Handle(machine));
    }
  }

  private synchronized boolean open() {
    return !closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
