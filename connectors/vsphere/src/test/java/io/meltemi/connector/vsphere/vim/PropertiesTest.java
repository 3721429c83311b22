package io.meltemi.connector.vsphere.vim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.kit.Outside;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages of objects, at a server that shows one object on each, and as many pages as it is told. */
class PropertiesTest {
  private static final Walk WALK =
      Walk.over(List.of(new Ref("Folder", "group-d1"))).note("VirtualMachine", "name");

  /** Pages that the server was asked for. */
  private final AtomicInteger pages = new AtomicInteger();

  private int last = Integer.MAX_VALUE;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/sdk", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String method = call.replaceAll("(?s).*Body><([A-Za-z]+).*", "$1");
    byte[] bytes =
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><%s>%s</%s></e:Body></e:Envelope>"
            .formatted(method + "Response", response(method), method + "Response")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String response(String method) {
    return switch (method) {
      case "RetrieveServiceContent" ->
          "<returnval><sessionManager type='SessionManager'>SM</sessionManager>"
              + "<propertyCollector type='PropertyCollector'>PC</propertyCollector></returnval>";
      case "Login" -> "<returnval><key>key-1</key></returnval>";
      case "RetrievePropertiesEx", "ContinueRetrievePropertiesEx" -> page(pages.incrementAndGet());
      default -> "";
    };
  }

  private String page(int number) {
    String token = number < last ? "<token>more</token>" : "";
    return "<returnval>%s<objects><obj type='VirtualMachine'>vm-%d</obj></objects></returnval>"
        .formatted(token, number);
  }

  private Session open() {
    URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sdk");
    Transport transport = new Transport(address, Outside.thisMachine().http(Optional.empty()));
    return new Session(transport, "user", "pass", Duration.ofHours(1));
  }

  @Test
  void pagesAreReadToTheLast() {
    last = 3;
    try (Session session = open()) {
      assertThat(new Properties(session).read(WALK).stream().map(facts -> facts.ref().value()))
          .containsExactly("vm-1", "vm-2", "vm-3");
    }
  }

  @Test
  void pagesWithoutEndAreGivenUp() {
    try (Session session = open()) {
      assertThatThrownBy(() -> new Properties(session).read(WALK))
          .isInstanceOfSatisfying(
              ConnectorException.class,
              e -> {
                assertThat(e.fault()).isEqualTo(Fault.TRANSIENT);
                assertThat(e.reason()).contains("more than 100000 objects");
              });
    }
    assertThat(pages).hasValue(400);
  }
}
