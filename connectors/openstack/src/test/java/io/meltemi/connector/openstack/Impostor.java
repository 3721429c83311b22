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
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
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
        "interface": "%2$s", "region": "%3$s", "region_id": "%3$s", "url": "%4$s"}]}
      """;

  private static final Map<String, String> DEMO =
      Map.of("user", "demo", "password", "word", "project", "demo");

  private final List<HttpServer> servers = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> logIns = new ConcurrentLinkedQueue<>();
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
    return keystoneListing(service("compute", nova, "v2.1"));
  }

  /** A Keystone whose catalogue has compute and block storage at the same port. */
  int keystoneOfAll(int port) throws IOException {
    return keystoneWith(port, "volumev3", "v3");
  }

  /** A Keystone whose catalogue has compute and one more service at the same port. */
  int keystoneWith(int port, String type, String path) throws IOException {
    return keystoneListing(service("compute", port, "v2.1"), service(type, port, path));
  }

  /** A Keystone whose catalogue has these services. */
  int keystoneListing(String... services) throws IOException {
    byte[] token = TOKEN.formatted(String.join(",", services)).getBytes(StandardCharsets.UTF_8);
    return server(exchange -> {
      logIns.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      exchange.getResponseHeaders().add("X-Subject-Token", "planted-token");
      answer(exchange, 201, token);
    });
  }

  private static String service(String type, int port, String path) {
    return service(type, "public", "R", "http://127.0.0.1:%d/%s".formatted(port, path));
  }

  static String service(String type, String audience, String region, String url) {
    return SERVICE.formatted(type, audience, region, url);
  }

  /** What was sent to a Keystone to log in. */
  List<String> logIns() {
    return List.copyOf(logIns);
  }

  static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** What a cloud answers that has nothing, to what discovery asks. */
  static String empty(String path) {
    String[] parts = path.replaceFirst("/detail$", "").split("/");
    String list = parts[parts.length - 1];
    return switch ("/" + list) {
      case "/limits" -> "{\"limits\": {\"absolute\": {}}}";
      case "/extensions" ->
          """
          {"extensions": [{"alias": "os-availability-zone", "name": "AvailabilityZone",
            "namespace": "http://docs.openstack.org/compute/ext/availabilityzone/api/v1.1",
            "updated": "2012-12-21T00:00:00+00:00", "description": "zones", "links": []}]}
          """;
      case "/os-availability-zone" -> "{\"availabilityZoneInfo\": []}";
      case "/types" -> "{\"volume_types\": []}";
      case "/flavors", "/images", "/volumes", "/networks", "/subnets" -> "{\"" + list + "\": []}";
      default -> "{}";
    };
  }

  /** Opens exactly these ports. */
  static Connector open(int keystone, int... open) {
    return open(DEMO, keystone, open);
  }

  /** The same with settings beside the endpoint. */
  static Connector open(Map<String, String> beside, int keystone, int... open) {
    return new OpenStackConnectorFactory().open(settings(beside, keystone), context(open));
  }

  /**
   * Likewise.
   *
   * @param limit for a whole answer
   */
  static Connector open(Duration limit, int keystone, int... open) {
    Context context = context(open);
    OpenStackSettings read = OpenStackSettings.of(settings(DEMO, keystone));
    return new OpenStackConnector(new Nova(read, context.outgoing(), limit), read, context);
  }

  private static Map<String, String> settings(Map<String, String> beside, int keystone) {
    Map<String, String> settings = new HashMap<>(beside);
    settings.put("endpoint", "http://127.0.0.1:" + keystone + "/v3");
    return settings;
  }

  private static Context context(int... open) {
    List<Range> allowed =
        IntStream.of(open).mapToObj(port -> Range.parse("127.0.0.1:" + port)).toList();
    return new Context("a", Clock.systemUTC(), Gateway.allowing(allowed), Optional.empty());
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}
