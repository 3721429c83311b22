package io.meltemi.connector.outgoing;

import io.meltemi.connector.Http;
import io.meltemi.connector.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** HTTP through checked sockets, all that a client may do by itself switched off. */
final class OnceHttp implements Http {
  /** Set by the client itself, or of one connection only. */
  private static final Set<String> BY_CLIENT =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  /** Until then a call goes on whose thread was interrupted. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(1);

  private final CloseableHttpClient client;
  private final Pace pace = new Pace();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("http-limits").factory());

  OnceHttp(Destinations destinations, Names names, SSLContext trust) {
    client =
        HttpClients.custom()
            .setConnectionManager(new CheckedConnections(destinations, names, trust).build())
            .setRequestExecutor(new Progress.Executor())
            .setRoutePlanner(new DefaultRoutePlanner(null))
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableDefaultUserAgent()
            .build();
  }

  @Override
  public Answer send(Request request) throws IOException {
    HttpUriRequestBase message = message(request);
    Progress progress = new Progress(request.address().getAuthority(), request.limit());
    ScheduledFuture<?> cut =
        clock.schedule(
            () -> progress.cut(message), request.limit().toMillis(), TimeUnit.MILLISECONDS);
    ScheduledFuture<?> heed = heed(Thread.currentThread(), message);
    try {
      return client.execute(
          message,
          progress.context(),
          answer -> {
            progress.began();
            return whole(message, answer);
          });
    } catch (IOException e) {
      throw progress.failure(e);
    } finally {
      cut.cancel(false);
      heed.cancel(false);
    }
  }

  /** A thread of the system's own goes on reading when it is interrupted. */
  private ScheduledFuture<?> heed(Thread caller, HttpUriRequestBase message) {
    return clock.scheduleWithFixedDelay(
        () -> {
          if (caller.isInterrupted()) message.cancel();
        },
        GIVEN_UP.toMillis(),
        GIVEN_UP.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static HttpUriRequestBase message(Request request) throws IOException {
    HttpUriRequestBase message =
        new HttpUriRequestBase(request.method(), checked(request.address()));
    Timeout limit = Timeout.of(request.limit());
    message.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(limit)
            .setResponseTimeout(limit)
            .setProtocolUpgradeEnabled(false)
            .setAuthenticationEnabled(false)
            .build());
    request.headers().forEach((name, values) -> values.forEach(value -> add(message, name, value)));
    if (request.body().length > 0) {
      message.setEntity(new ByteArrayEntity(request.body(), null));
    }
    return message;
  }

  private static void add(HttpUriRequestBase message, String name, String value) {
    if (!BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) message.addHeader(name, value);
  }

  /** A provider's catalogue may write anything where an address should stand. */
  private static URI checked(URI address) throws IOException {
    boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    boolean port = address.getPort() >= -1 && address.getPort() != 0 && address.getPort() <= 65_535;
    if (!web || !port || address.getHost() == null || address.getRawUserInfo() != null) {
      String authority = String.valueOf(address.getRawAuthority());
      throw Gateway.notSent(
          authority.substring(authority.lastIndexOf('@') + 1),
          new IOException("no http or https URL with a host"));
    }
    return address;
  }

  private Answer whole(HttpUriRequestBase message, ClassicHttpResponse answer) throws IOException {
    TreeMap<String, List<String>> headers = new TreeMap<>();
    for (Header header : answer.getHeaders()) {
      headers
          .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(header.getValue());
    }
    return new Answer(
        answer.getCode(),
        HttpHeaders.of(Map.copyOf(headers), (_, _) -> true),
        body(message, answer.getEntity()));
  }

  private byte[] body(HttpUriRequestBase message, @Nullable HttpEntity entity) throws IOException {
    if (entity == null) return new byte[0];
    try (InputStream in = pace.over(entity.getContent())) {
      return whole(message, entity.getContentLength(), in);
    }
  }

  /** After a failure the connection ends first: whatever closes a body reads it to its end. */
  private static byte[] whole(HttpUriRequestBase message, long length, InputStream in)
      throws IOException {
    try {
      if (length > LONGEST) throw new TooLongException();
      byte[] body = in.readNBytes((int) LONGEST);
      if (in.read() >= 0) throw new TooLongException();
      return body;
    } catch (IOException e) {
      message.cancel();
      throw e;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
