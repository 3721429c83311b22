package io.meltemi.connector.openstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.connector.outgoing.Range;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Servers that pass for an OpenStack as far as a log-in goes, and say then what a test likes. */
final class Impostor implements AutoCloseable {
  private static final String TOKEN =
      """
      {"token": {"methods": ["password"], "audit_ids": ["a"], "is_domain": false,
        "issued_at": "2026-01-01T00:00:00.000000Z", "expires_at": "2036-01-01T00:00:00.000000Z",
        "user": {"id": "u", "name": "demo", "domain": {"id": "default", "name": "Default"}},
        "project": {"id": "p", "name": "demo", "domain": {"id": "default", "name": "Default"}},
        "roles": [{"id": "r", "name": "member"}],
        "catalog": [%s]}}
      """;
  private static final String SERVICE =
      """
      {"id": "%1$s", "type": "%1$s", "name": "%1$s", "endpoints": [{"id": "e",
        "interface": "public", "region": "R", "region_id": "R", "url": "http://127.0.0.1:%2$d/%3$s"}]}
      """;

  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  int server(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
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

  /** A Keystone whose catalogue has a compute service. */
  int keystone(int nova) throws IOException {
    return logIn(SERVICE.formatted("compute", nova, "v2.1"));
  }

  /** A Keystone whose catalogue has compute and block storage at the same port. */
  int keystoneOfAll(int port) throws IOException {
    return keystoneWith(port, "volumev3", "v3");
  }

  /** A Keystone whose catalogue has compute and one more service at the same port. */
  int keystoneWith(int port, String type, String path) throws IOException {
    return logIn(
        SERVICE.formatted("compute", port, "v2.1") + "," + SERVICE.formatted(type, port, path));
  }

  private int logIn(String catalogue) throws IOException {
    return server(exchange -> {
      exchange.getResponseHeaders().add("X-Subject-Token", "planted-token");
      answer(exchange, 201, TOKEN.formatted(catalogue).getBytes(StandardCharsets.UTF_8));
    });
  }

  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** What a cloud answers that has nothing, to what discovery asks. */
  static String empty(String path) {
    return switch (path.substring(path.lastIndexOf('/'))) {
      case "/limits" -> "{\"limits\": {\"absolute\": {}}}";
      case "/extensions" ->
          """
          {"extensions": [{"alias": "os-availability-zone", "name": "AvailabilityZone",
            "namespace": "http://docs.openstack.org/compute/ext/availabilityzone/api/v1.1",
            "updated": "2012-12-21T00:00:00+00:00", "description": "zones", "links": []}]}
          """;
      case "/os-availability-zone" -> "{\"availabilityZoneInfo\": []}";
      case "/types" -> "{\"volume_types\": []}";
      default -> "{}";
    };
  }

  /** Opens exactly these ports. */
  static Connector open(int keystone, int... open) {
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

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}
