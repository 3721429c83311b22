package io.meltemi.webapp.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * Tells clients of HTTP/1.0 that it is not spoken here: the server library would hang up without a
 * word. It has neither the lengths nor the host names that the limits and URIs here stand on.
 */
final class OldHttp implements ServerConnectionSelector {
  private final Refusals refusals;

  OldHttp(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    int end = data.indexOf((byte) '\n');
    if (end < 0) return Support.UNSUPPORTED;
    String line = data.readString(end, US_ASCII).stripTrailing();
    return line.endsWith(" HTTP/1.0") ? Support.SUPPORTED : Support.UNSUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return Set.of("http/1.0");
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Refusing(context);
  }

  /** Answers once; the server hangs up then. */
  private final class Refusing implements ServerConnection {
    private final ConnectionContext context;

    Refusing(ConnectionContext context) {
      this.context = context;
    }

    @Override
    public void handle(Limit limit) {
      context.dataWriter().writeNow(BufferData.create(refusals.oldHttp()));
    }

    @Override
    public Duration idleTime() {
      return Duration.ZERO;
    }

    @Override
    public void close(boolean interrupt) {
      // one write and no more: it ends by itself
    }
  }
}
