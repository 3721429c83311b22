package io.meltemi.connector.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.Http;
import io.meltemi.connector.NoAnswerException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that may be called and behaves badly. */
class OnceHttpTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final long GIGABYTE = 1L << 30;

  /** Long enough to connect on a busy machine. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  private final AtomicReference<Canary.Answering> answering = new AtomicReference<>(Canary::well);
  private final Canary server = new Canary(exchange -> answering.get().to(exchange));
  private final Http http =
      Gateway.allowing(List.of(Range.parse("127.0.0.1:" + server.port()))).http(Optional.empty());

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  private Http.Answer send(String method, Duration limit) throws IOException {
    return http.send(
        new Http.Request(
            method,
            URI.create("http://127.0.0.1:" + server.port() + "/a?b=c%20d"),
            Map.of("X-Asked", List.of("one", "two"), "Content-Length", List.of("9999")),
            "question".getBytes(StandardCharsets.UTF_8),
            limit));
  }

  @Test
  void whatIsAskedArrivesAndWhatIsAnsweredComesBack() throws IOException {
    answering.set(exchange -> {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange
          .getResponseHeaders()
          .add("X-Heard", exchange.getRequestHeaders().get("X-Asked") + "");
      exchange.getResponseHeaders().add("Set-Cookie", "c=1");
      exchange.sendResponseHeaders(418, body.length);
      exchange.getResponseBody().write(body);
    });
    Http.Answer answer = send("PATCH", PATIENCE);
    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.headers().firstValue("x-heard")).contains("[one, two]");
    assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("question");
    assertThat(server.heard()).containsExactly("PATCH /a?b=c%20d");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsAnAnswerAndNotFollowed(int status) throws IOException {
    try (Canary elsewhere = new Canary(Canary::well)) {
      answering.set(exchange -> {
        exchange
            .getResponseHeaders()
            .add("Location", "http://127.0.0.1:" + elsewhere.port() + "/elsewhere");
        exchange.sendResponseHeaders(status, -1);
      });
      assertThat(send("GET", PATIENCE).status()).isEqualTo(status);
      assertThat(server.heard()).hasSize(1);
      assertThat(elsewhere.heard()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE", "PUT"})
  void anAnswerThatIsLostIsNotAskedForAgain(String method) {
    answering.set(exchange -> {
      exchange.getRequestBody().readAllBytes();
      exchange.close();
    });
    assertThatThrownBy(() -> send(method, PATIENCE))
        .isInstanceOfSatisfying(
            NoAnswerException.class, e -> assertThat(e.sent()).as("sent").isTrue());
    assertThat(server.heard()).hasSize(1);
  }

  /** Told beforehand or not: what is too long is neither kept nor read to its end. */
  @ParameterizedTest
  @ValueSource(longs = {GIGABYTE, 0})
  void aGigabyteIsNotRead(long told) {
    AtomicLong written = new AtomicLong();
    CountDownLatch over = new CountDownLatch(1);
    answering.set(exchange -> {
      exchange.sendResponseHeaders(200, told);
      byte[] block = new byte[1 << 20];
      try (OutputStream out = exchange.getResponseBody()) {
        while (written.get() < GIGABYTE) {
          out.write(block);
          written.addAndGet(block.length);
        }
      } finally {
        over.countDown();
      }
    });
    assertThatThrownBy(() -> send("GET", PATIENCE))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining(Long.toString(Http.LONGEST));
    assertThatCode(over::await).doesNotThrowAnyException();
    assertThat(written).hasValueLessThan(2 * Http.LONGEST);
  }

  @Test
  void headersWithoutEndAreCut() {
    try (Listener endless = new Listener("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100_000))) {
      Http open =
          Gateway.allowing(List.of(Range.parse("127.0.0.1:" + endless.port())))
              .http(Optional.empty());
      URI address = URI.create("http://127.0.0.1:" + endless.port() + "/");
      assertThatThrownBy(
              () -> open.send(new Http.Request("GET", address, Map.of(), new byte[0], PATIENCE)))
          .isInstanceOf(NoAnswerException.class);
      open.close();
    }
  }

  @Test
  void bytesThatComeTooLateAreNotWaitedFor() {
    answering.set(exchange -> {
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write('<');
      exchange.getResponseBody().flush();
      server.hold();
    });
    assertThatThrownBy(() -> send("GET", SHORT))
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContaining("did not come within 3000 ms");
  }

  /** Each byte comes in time, the whole never does. */
  @Test
  void aTrickleIsCutByTheLimitOfTheWhole() {
    answering.set(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        while (true) {
          out.write('.');
          out.flush();
          Thread.onSpinWait();
        }
      }
    });
    assertThatThrownBy(() -> send("GET", SHORT)).isInstanceOf(NoAnswerException.class);
  }

  @Test
  void silenceIsNotWaitedFor() {
    answering.set(exchange -> server.hold());
    assertThatThrownBy(() -> send("GET", SHORT))
        .isInstanceOfSatisfying(NoAnswerException.class, e -> assertThat(e.sent()).isTrue());
  }

  /** Reads that hang do not hear of it by themselves on threads of the system's own. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptedCallEnds(boolean begun) throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    answering.set(exchange -> {
      if (begun) exchange.sendResponseHeaders(200, 2);
      asked.countDown();
      server.hold();
    });
    Thread caller =
        Thread.ofPlatform()
            .daemon()
            .start(() -> assertThatThrownBy(() -> send("GET", Duration.ofHours(1))));
    asked.await();
    caller.interrupt();
    assertThat(caller.join(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void closingEndsWhatIsUnderWay() throws InterruptedException {
    answering.set(exchange -> {
      http.close();
      server.hold();
    });
    Thread caller =
        Thread.ofVirtual()
            .start(() ->
                assertThatThrownBy(() -> send("GET", Duration.ofHours(1)))
                    .isInstanceOf(IOException.class));
    assertThat(caller.join(PATIENCE)).isTrue();
  }

  @Test
  void certificatesThatAreNoneAreRefusedWhenTheClientIsOpened() {
    Gateway gateway = Gateway.allowing(List.of());
    assertThatThrownBy(() -> gateway.http(Optional.of("no certificate")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("certificates");
  }
}
