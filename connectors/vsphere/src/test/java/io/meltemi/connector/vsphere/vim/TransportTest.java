package io.meltemi.connector.vsphere.vim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Http;
import io.meltemi.connector.kit.Outside;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of HTTP the protocol uses. */
class TransportTest {
  private static final long GIGABYTE = 1L << 30;
  private static final byte[] QUESTION = {'?'};
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final AtomicInteger asked = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;
  private Transport transport;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sdk");
    transport = new Transport(address, Outside.thisMachine().http(Optional.empty()));
  }

  @AfterEach
  void stop() {
    over.countDown();
    transport.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private interface Answering {
    void to(HttpExchange exchange) throws IOException;
  }

  private void answer(Answering answering) {
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            answering.to(exchange);
          }
        });
  }

  private Transport.Answer ask() throws IOException {
    return transport.post(QUESTION, "urn:vim25/6.5", Optional.empty(), Duration.ofMinutes(1));
  }

  /** And the cookie, which is the session, goes nowhere else. */
  @Test
  void aRedirectIsNotFollowed() throws IOException {
    answer(exchange -> {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(307, -1);
    });
    assertThat(ask().status()).isEqualTo(307);
    assertThat(asked).hasValue(1);
  }

  @Test
  void cookieAndPauseAreRead() throws IOException {
    answer(exchange -> {
      exchange.getResponseHeaders().add("Set-Cookie", "vmware_soap_session=\"x\"; Path=/");
      exchange.getResponseHeaders().add("Retry-After", "7");
      exchange.sendResponseHeaders(503, -1);
    });
    Transport.Answer answer = ask();
    assertThat(answer.cookie()).contains("vmware_soap_session=\"x\"");
    assertThat(answer.retryAfter()).contains(Duration.ofSeconds(7));
  }

  /** Of a change nobody knows then whether it was carried out. */
  @ParameterizedTest
  @ValueSource(longs = {GIGABYTE, 0})
  void aGigabyteIsALostAnswer(long told) {
    answer(exchange -> {
      exchange.sendResponseHeaders(200, told);
      byte[] block = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int megabyte = 0; megabyte < 1024; megabyte++) {
        exchange.getResponseBody().write(block);
      }
    });
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> call(Duration.ofMinutes(1)))
        .isInstanceOf(ConnectorException.class)
        .hasMessageStartingWith("UNKNOWN")
        .hasMessageContaining("longer than " + Http.LONGEST + " bytes");
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(4 * Http.LONGEST);
  }

  @Test
  void anAnswerThatDoesNotComeIsGivenUpAtTheLimit() {
    answer(exchange -> pause(Duration.ofHours(1)));
    endsAtItsLimit();
  }

  /** Each byte comes in time, the whole never does. */
  @Test
  void anAnswerByteByByteIsGivenUpAtTheLimit() {
    answer(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      do {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
      } while (pause(Duration.ofMillis(500)));
    });
    endsAtItsLimit();
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

  private void endsAtItsLimit() {
    long begun = System.nanoTime();
    assertThatThrownBy(() -> call(LIMIT)).hasMessageStartingWith("UNKNOWN");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(LIMIT.minusMillis(100), LIMIT.plusSeconds(10));
  }

  private void call(Duration limit) {
    Element message = Wire.message(new Ref("Folder", "f"), "CreateFolder");
    new Wire(transport).call(message, Optional.empty(), Fault.UNKNOWN, limit);
  }
}
