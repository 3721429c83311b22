package io.meltemi.connector.vsphere.vim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hostile server at the other end. */
class TransportTest {
  private static final byte[] QUESTION = {'?'};

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private Transport transport;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sdk");
    transport = new Transport(address, Trust.of(Optional.empty()));
  }

  @AfterEach
  void stop() {
    over.countDown();
    transport.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private interface Answering {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private void answer(Answering answering) {
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            answering.to(exchange);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private Transport.Answer ask(Duration limit) throws IOException {
    return transport.post(QUESTION, Optional.empty(), limit);
  }

  @Test
  void anEndlessAnswerIsCut() {
    answer(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      byte[] block = new byte[1 << 20];
      try (OutputStream out = exchange.getResponseBody()) {
        for (int megabyte = 0; megabyte < 1024; megabyte++) {
          out.write(block);
        }
      }
    });
    assertThatThrownBy(() -> ask(Duration.ofMinutes(2)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Long.toString(64 << 20));
  }

  @Test
  void bytesThatComeTooLateAreNotWaitedFor() {
    answer(exchange -> {
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write('<');
      exchange.getResponseBody().flush();
      over.await();
    });
    assertThatThrownBy(() -> ask(Duration.ofMillis(300)))
        .hasMessageContaining("no whole answer within");
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    answer(exchange -> {
      exchange.getResponseHeaders().add("Location", "/elsewhere");
      exchange.sendResponseHeaders(307, -1);
    });
    assertThat(ask(Duration.ofSeconds(20)).status()).isEqualTo(307);
    assertThat(asked).hasValue(1);
  }

  @Test
  void anAnswerThatIsLostIsNotAskedForAgain() {
    answer(exchange -> exchange.getHttpContext().getServer().stop(0));
    assertThatThrownBy(() -> ask(Duration.ofSeconds(20))).isInstanceOf(IOException.class);
    assertThat(asked).hasValue(1);
  }

  @Test
  void cookieAndPauseAreRead() throws IOException {
    answer(exchange -> {
      exchange.getResponseHeaders().add("Set-Cookie", "vmware_soap_session=\"x\"; Path=/");
      exchange.getResponseHeaders().add("Retry-After", "7");
      exchange.sendResponseHeaders(503, -1);
    });
    Transport.Answer answer = ask(Duration.ofSeconds(20));
    assertThat(answer.cookie()).contains("vmware_soap_session=\"x\"");
    assertThat(answer.retryAfter()).contains(Duration.ofSeconds(7));
  }
}
