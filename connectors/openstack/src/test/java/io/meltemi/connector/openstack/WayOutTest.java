package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Fault;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.connector.outgoing.Range;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Keystone that sends us where it likes. */
class WayOutTest {
  private static final String TOKEN =
      """
      {"token": {"methods": ["password"], "audit_ids": ["a"], "is_domain": false,
        "issued_at": "2026-01-01T00:00:00.000000Z", "expires_at": "2036-01-01T00:00:00.000000Z",
        "user": {"id": "u", "name": "demo", "domain": {"id": "default", "name": "Default"}},
        "project": {"id": "p", "name": "demo", "domain": {"id": "default", "name": "Default"}},
        "roles": [{"id": "r", "name": "member"}],
        "catalog": [{"id": "c", "type": "compute", "name": "nova", "endpoints": [{"id": "e",
          "interface": "public", "region": "R", "region_id": "R", "url": "http://127.0.0.1:%d/v2.1"}]}]}}
      """;

  private final List<HttpServer> servers = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    servers.forEach(server -> server.stop(0));
  }

  private int server(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  private int canary() throws IOException {
    return server(exchange -> {
      heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      exchange.sendResponseHeaders(404, -1);
    });
  }

  private int keystone(int nova) throws IOException {
    return server(exchange -> {
      exchange.getResponseHeaders().add("X-Subject-Token", "planted-token");
      answer(exchange, 201, TOKEN.formatted(nova).getBytes(StandardCharsets.UTF_8));
    });
  }

  private static HttpHandler redirect(int status, int port) {
    return (HttpExchange exchange) -> {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port + "/v3/auth/tokens");
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private static ConnectorException discovered(int keystone, int... open) {
    try (Connector connector = open(keystone, open)) {
      return catchThrowableOfType(ConnectorException.class, connector::discover);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Opens exactly these ports. */
  private static Connector open(int keystone, int... open) {
    Map<String, String> settings =
        Map.of(
            "endpoint",
            "http://127.0.0.1:" + keystone + "/v3",
            "user",
            "demo",
            "password",
            "word",
            "project",
            "demo");
    List<Range> allowed =
        IntStream.of(open).mapToObj(port -> Range.parse("127.0.0.1:" + port)).toList();
    Context context =
        new Context("a", Clock.systemUTC(), Gateway.allowing(allowed), Optional.empty());
    return new OpenStackConnectorFactory().open(settings, context);
  }

  @Test
  void keystoneItselfIsReachedOnlyWhenItIsOpened() throws IOException {
    int canary = canary();
    ConnectorException failure = discovered(canary);
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.reason()).isEqualTo("no answer from 127.0.0.1:" + canary);
    assertThat(heard).isEmpty();
    discovered(canary, canary);
    assertThat(heard).containsExactly("POST /v3/auth/tokens");
  }

  @Test
  void whatTheCatalogueNamesIsReachedOnlyWhenItIsOpened() throws IOException {
    int canary = canary();
    int keystone = keystone(canary);
    ConnectorException failure = discovered(keystone, keystone);
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.reason()).isEqualTo("no answer from 127.0.0.1:" + canary);
    assertThat(heard).isEmpty();
    discovered(keystone, keystone, canary);
    assertThat(heard).isNotEmpty();
  }

  @Test
  void aListWithoutEndIsGivenUp() throws IOException {
    String one = "{\"id\": \"s\", \"name\": \"n\", \"status\": \"ACTIVE\"}";
    byte[] page =
        ("{\"servers\": ["
                + String.join(",", Collections.nCopies(1000, one))
                + "], \"servers_links\": [{\"rel\": \"next\", \"href\": \"more\"}]}")
            .getBytes(StandardCharsets.UTF_8);
    int nova = server(exchange -> answer(exchange, 200, page));
    int keystone = keystone(nova);
    try (Connector connector = open(keystone, keystone, nova)) {
      assertThat(
              catchThrowableOfType(ConnectorException.class, () -> connector.machines().list())
                  .reason())
          .isEqualTo("nova's list of servers does not end at 100000");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void keystoneSendsNoPasswordElsewhere(int status) throws IOException {
    int canary = canary();
    int keystone = server(redirect(status, canary));
    assertThat(discovered(keystone, keystone, canary)).isNotNull();
    assertThat(heard).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void novaSendsNoTokenElsewhere(int status) throws IOException {
    int canary = canary();
    int nova = server(redirect(status, canary));
    int keystone = keystone(nova);
    assertThat(discovered(keystone, keystone, nova, canary)).isNotNull();
    assertThat(heard).isEmpty();
  }
}
