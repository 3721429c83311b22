package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks the cloud for news until it is interrupted or learns that the cloud has none. */
final class Watching implements Runnable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Cloud cloud;
  private final Consumer<Handle> changed;

  Watching(Cloud cloud, Consumer<Handle> changed) {
    this.cloud = cloud;
    this.changed = changed;
  }

  @Override
  public void run() {
    long number = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        number = next(number);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long next(long number) throws InterruptedException {
    try {
      Cloud.News news = cloud.news(number);
      news.machines().forEach(machine -> changed.accept(new Handle(machine)));
      return news.number();
    } catch (ConnectorException e) {
      if (e.fault() == Fault.UNSUPPORTED) {
        throw (InterruptedException) new InterruptedException(e.reason()).initCause(e);
      }
      Thread.sleep(PAUSE);
      return number;
    }
  }
}
