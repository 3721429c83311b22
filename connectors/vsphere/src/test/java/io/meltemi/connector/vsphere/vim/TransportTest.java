package io.meltemi.connector.vsphere.vim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meltemi.connector.kit.Outside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of HTTP the protocol uses. */
class TransportTest {
  private static final byte[] QUESTION = {'?'};

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
    transport = new Transport(address, Outside.thisMachine().http(Optional.empty()));
  }

  @AfterEach
  void stop() {
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
    return transport.post(QUESTION, Optional.empty(), Duration.ofMinutes(1));
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
}
