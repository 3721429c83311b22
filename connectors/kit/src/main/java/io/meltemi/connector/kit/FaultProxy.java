package io.meltemi.connector.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Stands between a connector and a provider that speaks HTTP, and lets calls go wrong on request.
 * Everything else passes unchanged, but for the provider's own addresses: where an answer names
 * them, it names this proxy instead, so that whoever follows a catalogue or a Location stays here.
 */
public final class FaultProxy implements AutoCloseable {
  /** A call on its way to the provider. */
  public record Call(String method, String path, String body) {}

  private record Planned(Predicate<Call> which, Mishap mishap) {}

  private final Map<String, String> ours = new LinkedHashMap<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private final ConcurrentLinkedQueue<Planned> planned = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Call> seen = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Upstream upstream = new Upstream();

  /** Listens on a port of its own for each provider address: scheme, host and port. */
  public FaultProxy(List<URI> providers) {
    providers.forEach(this::listenFor);
  }

  private void listenFor(URI provider) {
    String theirs = provider.getScheme() + "://" + provider.getAuthority();
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext("/", exchange -> serve(exchange, theirs));
      server.start();
      servers.add(server);
      ours.put(theirs, "http://127.0.0.1:" + server.getAddress().getPort());
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    }
  }

  /** The address to use in place of a provider's. */
  public String address(String theirs) {
    String text = theirs;
    for (Map.Entry<String, String> each : ours.entrySet()) {
      // A port that begins with another's digits is another port.
      text = text.replaceAll("\\Q" + each.getKey() + "\\E(?![0-9])", each.getValue());
    }
    return text;
  }

  /** Where it listens, in the form of the setting {@code outgoing.allow}. */
  public List<String> ports() {
    return servers.stream().map(server -> "127.0.0.1:" + server.getAddress().getPort()).toList();
  }

  /** The next call that fits goes wrong so; then it is forgotten. */
  public void next(Predicate<Call> which, Mishap mishap) {
    planned.add(new Planned(which, mishap));
  }

  /** Calls that came, those which went wrong included. */
  public List<Call> seen() {
    return List.copyOf(seen);
  }

  private void serve(HttpExchange exchange, String provider) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Call call =
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              new String(body, StandardCharsets.UTF_8));
      seen.add(call);
      Upstream.Request request =
          new Upstream.Request(
              call.method(),
              URI.create(provider + exchange.getRequestURI()),
              exchange.getRequestHeaders(),
              body);
      switch (mishap(call)) {
        case Mishap.None ignored -> answer(exchange, upstream.send(request));
        case Mishap.Late late -> {
          pause(late.by());
          answer(exchange, upstream.send(request));
        }
        case Mishap.Refused refused -> refuse(exchange, refused);
        case Mishap.LostBefore ignored -> {}
        case Mishap.LostAfter lost -> carryOut(request, lost.carriedOutAfter());
        case Mishap.Truncated ignored -> truncate(exchange, upstream.send(request));
      }
    }
  }

  private Mishap mishap(Call call) {
    Optional<Planned> next = planned.stream().filter(each -> each.which().test(call)).findFirst();
    return next.filter(planned::remove).map(Planned::mishap).orElseGet(Mishap.None::new);
  }

  /** The answer is lost at once; whether the call came through shows later. */
  private void carryOut(Upstream.Request request, Duration after) throws IOException {
    if (after.isZero()) {
      upstream.send(request);
      return;
    }
    threads.execute(() -> {
      try {
        pause(after);
        upstream.send(request);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private void pause(Duration time) throws IOException {
    try {
      if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the proxy was closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void answer(HttpExchange exchange, Upstream.Answer answer) throws IOException {
    byte[] body = headed(exchange, answer);
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  private void truncate(HttpExchange exchange, Upstream.Answer answer) throws IOException {
    byte[] body = headed(exchange, answer);
    exchange.sendResponseHeaders(answer.status(), body.length + 1L);
    exchange.getResponseBody().write(body, 0, body.length / 2);
    exchange.getResponseBody().flush();
  }

  /** Passes the headers on; returns the body with our addresses in it. */
  private byte[] headed(HttpExchange exchange, Upstream.Answer answer) {
    answer
        .headers()
        .forEach((name, values) ->
            values.forEach(value -> exchange.getResponseHeaders().add(name, address(value))));
    String type = answer.type().toLowerCase(Locale.ROOT);
    return type.contains("json") || type.contains("xml")
        ? address(new String(answer.body(), StandardCharsets.UTF_8))
            .getBytes(StandardCharsets.UTF_8)
        : answer.body();
  }

  private static void refuse(HttpExchange exchange, Mishap.Refused refused) throws IOException {
    byte[] body = refused.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    refused.headers().forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(refused.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    closed.countDown();
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
    upstream.close();
  }
}
