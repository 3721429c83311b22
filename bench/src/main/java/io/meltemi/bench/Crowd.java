package io.meltemi.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * So many who do the same at once, each again as soon as it is done.
 *
 * @param size how many
 */
record Crowd(int size) {
  static Crowd of(int size) {
    return new Crowd(size);
  }

  /** What each does. */
  interface Work {
    void once() throws Exception;
  }

  /**
   * Returns when it was done so many times in all; a failure of one is told when all have ended.
   */
  void times(int times, Work work) throws InterruptedException {
    AtomicInteger left = new AtomicInteger(times);
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < size; i++) {
        all.add(
            threads.submit(() -> {
              while (left.getAndDecrement() > 0) work.once();
              return left;
            }));
      }
    }
    for (Future<?> each : all) ended(each);
  }

  /** Throws what the work threw. */
  static void ended(Future<?> work) throws InterruptedException {
    try {
      work.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
