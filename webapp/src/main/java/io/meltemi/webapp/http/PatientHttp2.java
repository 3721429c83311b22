package io.meltemi.webapp.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import io.helidon.webserver.http2.Http2Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * HTTP/2 whose connections are not idle while an answer is on its way. The server library counts
 * from the last request that began, and then lets the next one fall without an answer: who reads
 * events, which is one long answer, would lose what is sent beside it.
 */
final class PatientHttp2 {
  private PatientHttp2() {}

  /** Of clients that begin with HTTP/2. */
  static ServerConnectionSelector selector(Http2Config config) {
    return new Selector(Http2ConnectionSelector.builder().http2Config(config).build());
  }

  /** Of clients that ask for it in their first request. */
  static Http1Upgrader upgrader(Http2Config config) {
    return new Upgrader(Http2Upgrader.create(config));
  }

  private record Selector(ServerConnectionSelector library) implements ServerConnectionSelector {
    @Override
    public int bytesToIdentifyConnection() {
      return library.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
      return library.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
      return library.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
      return new Patient(library.connection(context));
    }
  }

  private record Upgrader(Http1Upgrader library) implements Http1Upgrader {
    @Override
    public String supportedProtocol() {
      return library.supportedProtocol();
    }

    @Override
    public ServerConnection upgrade(
        ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
      return new Patient(library.upgrade(context, prologue, headers));
    }
  }

  private static final class Patient implements ServerConnection, InterruptableTask<Void> {
    private final ServerConnection library;
    private volatile long seenAtWork = System.nanoTime();

    Patient(ServerConnection library) {
      this.library = library;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      library.handle(limit);
    }

    /** Since the last request began, or since an answer was last seen on its way. */
    @Override
    public Duration idleTime() {
      if (!canInterrupt()) seenAtWork = System.nanoTime();
      Duration unseen = Duration.ofNanos(System.nanoTime() - seenAtWork);
      Duration since = library.idleTime();
      return since.compareTo(unseen) < 0 ? since : unseen;
    }

    @Override
    public void close(boolean interrupt) {
      library.close(interrupt);
    }

    /** No answer is on its way. */
    @Override
    public boolean canInterrupt() {
      return library instanceof InterruptableTask<?> task && task.canInterrupt();
    }
  }
}
