package io.meltemi.broker.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What one thread waits for and another gives. */
final class Answer<T> {
  private final CompletableFuture<T> future = new CompletableFuture<>();

  void give(T value) {
    future.complete(value);
  }

  void fail(Throwable cause) {
    future.completeExceptionally(cause);
  }

  /** Waits as long as it takes: whoever was told that a change failed must not find it stored. */
  T await() {
    try {
      return future.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
