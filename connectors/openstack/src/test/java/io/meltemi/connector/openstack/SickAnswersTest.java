package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Http;
import io.meltemi.connector.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An OpenStack that hangs, answers byte by byte or goes on and on, met by each of our clients. */
class SickAnswersTest {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  /** What a busy machine needs beyond a limit. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final Impostor impostor = new Impostor();
  private final AtomicInteger met = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);

  /** A call, and the one of its requests that meets it. */
  private enum Way {
    LOG_IN("POST /v3/auth/tokens", Fault.TRANSIENT, connector -> connector.machines().list()),
    QUESTION("GET /v2.1/servers/detail", Fault.TRANSIENT, connector -> connector.machines().list()),
    CHANGE(
        "POST /v2.1/servers/m/action",
        Fault.UNKNOWN,
        connector -> connector.machines().capture(new Handle("m"), "image", new Token("t"))),
    QUESTION_OF_JCLOUDS("GET /v2.1/flavors/detail", Fault.TRANSIENT, Connector::discover),
    CHANGE_OF_JCLOUDS(
        "DELETE /v2.1/servers/m",
        Fault.UNKNOWN,
        connector -> connector.machines().delete(new Handle("m")));

    private final String request;
    private final Fault lost;
    private final Consumer<Connector> call;

    Way(String request, Fault lost, Consumer<Connector> call) {
      this.request = request;
      this.lost = lost;
      this.call = call;
    }
  }

  @AfterEach
  void close() {
    over.countDown();
    impostor.close();
  }

  private Connector open(Duration limit, Way way, HttpHandler sick) throws IOException {
    int port = impostor.server(exchange -> serve(exchange, way, sick));
    int keystone = way == Way.LOG_IN ? port : impostor.keystoneOfAll(port);
    return Impostor.open(limit, keystone, keystone, port);
  }

  private void serve(HttpExchange exchange, Way way, HttpHandler sick) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (way.request.equals(exchange.getRequestMethod() + " " + path)) {
      exchange.getRequestBody().readAllBytes();
      met.incrementAndGet();
      sick.handle(exchange);
    } else {
      byte[] body = Impostor.empty(path).getBytes(StandardCharsets.UTF_8);
      Impostor.answer(exchange, path.endsWith("/m") ? 404 : 200, body);
    }
  }

  /** Returns false when the test is over. */
  private boolean pause(Duration time) {
    try {
      return !over.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void hang(HttpExchange exchange) {
    pause(Duration.ofHours(1));
  }

  /** Each byte comes in time, the whole never does. */
  private void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    do {
      out.write(' ');
      out.flush();
    } while (pause(Duration.ofMillis(500)));
  }

  private void flood(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] block = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    while (over.getCount() > 0) exchange.getResponseBody().write(block);
  }

  private static ConnectorException failure(Connector connector, Way way) {
    return catchThrowableOfType(ConnectorException.class, () -> way.call.accept(connector));
  }

  private void endsAtItsLimit(Way way, HttpHandler sick) throws IOException {
    try (Connector connector = open(LIMIT, way, sick)) {
      long asked = System.nanoTime();
      ConnectorException failure = failure(connector, way);
      assertThat(failure.fault()).as(failure.reason()).isEqualTo(way.lost);
      assertThat(Duration.ofNanos(System.nanoTime() - asked))
          .isBetween(LIMIT.minusMillis(100), LIMIT.plus(SLACK));
      assertThat(met).hasValue(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatDoesNotComeIsGivenUpAtTheLimit(Way way) throws IOException {
    endsAtItsLimit(way, this::hang);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerByteByByteIsGivenUpAtTheLimit(Way way) throws IOException {
    endsAtItsLimit(way, this::drip);
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerWithoutEndTakesNoMoreMemoryThanTheLongest(Way way) throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Connector connector = open(Nova.LIMIT, way, this::flood)) {
      long before = threads.getCurrentThreadAllocatedBytes();
      ConnectorException failure = failure(connector, way);
      assertThat(failure.fault()).isEqualTo(way.lost);
      assertThat(failure.reason()).contains("longer than " + Http.LONGEST + " bytes");
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 * Http.LONGEST);
    }
  }

  /** As the broker's gate does at the account's limit, where several may wait for one log-in. */
  @ParameterizedTest
  @EnumSource
  void interruptedCallsEndThoughTheAnswerHangs(Way way) throws Exception {
    try (Connector connector = open(Duration.ofHours(1), way, this::hang)) {
      List<Thread> callers =
          Stream.generate(() -> Thread.ofPlatform().daemon().start(() -> failure(connector, way)))
              .limit(2)
              .toList();
      Awaitility.await().until(() -> met.get() > 0);
      callers.forEach(Thread::interrupt);
      for (Thread caller : callers) assertThat(caller.join(SLACK)).isTrue();
    }
  }
}
