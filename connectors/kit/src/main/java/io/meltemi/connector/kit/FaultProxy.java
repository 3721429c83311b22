package io.meltemi.connector.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Stands between a connector and a provider that speaks HTTP, and lets calls go wrong, those that
 * were named or any as the weather is. Everything else passes unchanged, but for the provider's own
 * addresses: where an answer names them, it names this proxy instead, so that whoever follows a
 * catalogue or a Location stays here.
 */
public final class FaultProxy implements AutoCloseable {
  /**
   * A call on its way to the provider.
   *
   * @param query as it was sent; empty when there is none
   * @param headers by their names in small letters
   */
  public record Call(
      String method, String path, String query, Map<String, List<String>> headers, String body) {
    public Call {
      headers = Map.copyOf(headers);
    }
  }

  private record Planned(Predicate<Call> which, Mishap mishap) {}

  private static final int NOISE = 1 << 16;
  private static final int MOST_SEEN = 10_000;

  private final Map<String, String> ours = new LinkedHashMap<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private final ConcurrentLinkedQueue<Planned> planned = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Call> seen = new ArrayBlockingQueue<>(MOST_SEEN);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Comes to its end when the calls that go wrong now are to end. */
  private final AtomicReference<CountDownLatch> spell =
      new AtomicReference<>(new CountDownLatch(1));

  private final Optional<OwnCertificate> certificate;
  private final Upstream upstream;
  private volatile Function<Call, Mishap> weather = call -> new Mishap.None();

  /** Listens on a port of its own for each provider address: scheme, host and port. */
  public FaultProxy(List<URI> providers) {
    this(providers, Optional.empty());
  }

  /**
   * Likewise; what is asked for over TLS is answered over TLS.
   *
   * @param believed the providers' certificate in PEM form
   */
  public FaultProxy(List<URI> providers, String believed) {
    this(providers, Optional.of(believed));
  }

  private FaultProxy(List<URI> providers, Optional<String> believed) {
    certificate = believed.map(pem -> new OwnCertificate());
    upstream = new Upstream(believed);
    providers.forEach(this::listenFor);
  }

  private void listenFor(URI provider) {
    String theirs = provider.getScheme() + "://" + provider.getAuthority();
    try {
      HttpServer server = server(provider.getScheme());
      server.setExecutor(threads);
      server.createContext("/", exchange -> serve(exchange, theirs));
      server.start();
      servers.add(server);
      ours.put(theirs, provider.getScheme() + "://127.0.0.1:" + server.getAddress().getPort());
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    }
  }

  private HttpServer server(String scheme) throws IOException {
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (scheme.equals("http")) return HttpServer.create(here, 0);
    HttpsServer server = HttpsServer.create(here, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.orElseThrow().serving()));
    return server;
  }

  /** What those who ask over TLS have to believe, in PEM form. */
  public String certificate() {
    return certificate.orElseThrow().pem();
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

  /**
   * What a rig tells of calls that go wrong here.
   *
   * @param fits whether a request on its way is such a call
   */
  public Rig.Mishaps mishaps(BiPredicate<Call, Rig.Call> fits) {
    return new Rig.Mishaps() {
      @Override
      public void next(Rig.Call call, Mishap mishap) {
        FaultProxy.this.next(request -> fits.test(request, call), mishap);
      }

      @Override
      public boolean met() {
        return planned.isEmpty();
      }
    };
  }

  /** Whatever was planned and has not come to pass is forgotten. */
  public void calm() {
    planned.clear();
  }

  /** Calls for which nothing was planned go as this says; it is asked by many threads at once. */
  public void weather(Function<Call, Mishap> each) {
    weather = each;
  }

  /**
   * Calls that wait here, or whose answers go on, end now; what comes later goes wrong as before.
   */
  public void hangUp() {
    spell.getAndSet(new CountDownLatch(1)).countDown();
  }

  /** The latest calls that came, those which went wrong included. */
  public List<Call> seen() {
    return List.copyOf(seen);
  }

  private void serve(HttpExchange exchange, String provider) throws IOException {
    CountDownLatch over = spell.get();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Call call =
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
              headers(exchange),
              new String(body, StandardCharsets.UTF_8));
      while (!seen.offer(call)) seen.poll();
      Upstream.Request request =
          new Upstream.Request(
              call.method(),
              URI.create(provider + exchange.getRequestURI()),
              exchange.getRequestHeaders(),
              body);
      switch (mishap(call)) {
        case Mishap.None ignored -> answer(exchange, upstream.send(request));
        case Mishap.Late late -> {
          pause(late.by(), over);
          answer(exchange, upstream.send(request));
        }
        case Mishap.Refused refused -> refuse(exchange, refused);
        case Mishap.LostBefore ignored -> {}
        case Mishap.LostAfter lost -> carryOut(request, lost.carriedOutAfter());
        case Mishap.Truncated ignored -> truncate(exchange, upstream.send(request));
        case Mishap.Endless ignored -> goOn(exchange, upstream.send(request), over);
        case Mishap.Dripping dripping ->
            drip(exchange, upstream.send(request), dripping.pause(), over);
      }
    }
  }

  private static Map<String, List<String>> headers(HttpExchange exchange) {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    return headers;
  }

  private Mishap mishap(Call call) {
    Optional<Planned> next = planned.stream().filter(each -> each.which().test(call)).findFirst();
    return next.filter(planned::remove).map(Planned::mishap).orElseGet(() -> weather.apply(call));
  }

  /** The answer is lost at once; whether the call came through shows later. */
  private void carryOut(Upstream.Request request, Duration after) throws IOException {
    if (after.isZero()) {
      upstream.send(request);
      return;
    }
    threads.execute(() -> {
      try {
        pause(after, closed);
        upstream.send(request);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static void pause(Duration time, CountDownLatch over) throws IOException {
    try {
      if (over.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the proxy hangs up");
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

  /** An answer without a body is cut before its first line. */
  private void truncate(HttpExchange exchange, Upstream.Answer answer) throws IOException {
    byte[] body = headed(exchange, answer);
    if (body.length == 0) return;
    exchange.sendResponseHeaders(answer.status(), body.length + 1L);
    exchange.getResponseBody().write(body, 0, body.length / 2);
    exchange.getResponseBody().flush();
  }

  /** Ends when one of both sides hangs up. */
  private void goOn(HttpExchange exchange, Upstream.Answer answer, CountDownLatch over)
      throws IOException {
    byte[] body = headed(exchange, answer);
    exchange.sendResponseHeaders(answer.status(), 0);
    exchange.getResponseBody().write(body);
    byte[] more = new byte[NOISE];
    Arrays.fill(more, (byte) ' ');
    while (over.getCount() > 0) exchange.getResponseBody().write(more);
  }

  private void drip(
      HttpExchange exchange, Upstream.Answer answer, Duration pause, CountDownLatch over)
      throws IOException {
    byte[] body = headed(exchange, answer);
    exchange.sendResponseHeaders(answer.status(), 0);
    for (byte each : body) {
      exchange.getResponseBody().write(each);
      exchange.getResponseBody().flush();
      pause(pause, over);
    }
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
    hangUp();
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
    upstream.close();
  }
}
