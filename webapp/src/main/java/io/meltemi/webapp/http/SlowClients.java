package io.meltemi.webapp.http;

import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Cuts connections whose client takes too long over headers, body or answer, however steadily it
 * drips. A connection is worked on by one thread, which is its key here. HTTP/2 connections have
 * limits of their own and are not watched; those that began as HTTP/1.1 no more once they are one.
 */
final class SlowClients implements Http1ConnectionListener, AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  private final Map<Thread, Watched> watched = new ConcurrentHashMap<>();
  private final HttpSettings.Limits limits;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("slow-clients").factory());

  SlowClients(HttpSettings.Limits limits) {
    this.limits = limits;
  }

  void start() {
    var ignored = clock.scheduleWithFixedDelay(this::cut, 250, 250, TimeUnit.MILLISECONDS);
  }

  /** Begins with the request line of a request, so its headers are due. */
  @Override
  public void prologue(ConnectionContext connection, HttpPrologue prologue) {
    Watched entry = new Watched(connection);
    entry.due(limits.headerTime());
    watched.put(Thread.currentThread(), entry);
  }

  /** The body is due. */
  void readingBody() {
    due(limits.bodyTime());
  }

  /** Nothing is due from the client. */
  void working() {
    Watched entry = watched.get(Thread.currentThread());
    if (entry != null) entry.deadline = NEVER;
  }

  /** What is written next is due to be taken. */
  void writing() {
    due(limits.writeTime());
  }

  /** The connection speaks HTTP/2 now: what its first request owed is told by other limits. */
  void upgraded(String connection) {
    watched.values().removeIf(entry -> entry.connection.childSocketId().equals(connection));
  }

  /** The request is over. */
  void done() {
    watched.remove(Thread.currentThread());
  }

  private void due(Duration time) {
    Watched entry = watched.get(Thread.currentThread());
    if (entry != null) entry.due(time);
  }

  private void cut() {
    long now = System.nanoTime();
    watched.forEach((thread, entry) -> {
      if (!thread.isAlive()) {
        watched.remove(thread);
      } else if (entry.deadline != NEVER && now - entry.deadline > 0) {
        watched.remove(thread);
        entry.connection.serverSocket().close();
      }
    });
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private static final class Watched {
    private final ConnectionContext connection;
    private volatile long deadline = NEVER;

    Watched(ConnectionContext connection) {
      this.connection = connection;
    }

    void due(Duration time) {
      deadline = System.nanoTime() + time.toNanos();
    }
  }
}
