package io.meltemi.webapp.deployed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.meltemi.connector.kit.OwnCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A provider that leads whoever asks it elsewhere: an OpenStack with nothing in it, and what stands
 * in a vCenter's place. How, and which of the addresses is meant, stands before its paths.
 */
final class Forger implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, String> PATHS =
      Map.of("compute", "/v2.1", "volumev3", "/v3", "network", "");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final OwnCertificate certificate = new OwnCertificate();
  private final HttpServer plain;
  private final HttpServer secure;
  private final List<String> urls;

  /** Where an address is named. */
  enum Lure {
    /** Nowhere. */
    NONE,
    /** In the account's own settings. */
    ENDPOINT,
    /** Keystone sends log-ins there. */
    LOG_IN,
    COMPUTE,
    VOLUMES,
    NETWORKS,
    /** The next part of each list is there, and so is what is listed. */
    LISTS,
    /** Nova, cinder and neutron send there. */
    REDIRECT,
    VCENTER;

    /** A header ends with its line; it has no more to say. */
    boolean canSay(String url) {
      return switch (this) {
        case LOG_IN, REDIRECT, VCENTER -> url.lines().count() == 1;
        case NONE, ENDPOINT, COMPUTE, VOLUMES, NETWORKS, LISTS -> true;
      };
    }

    /** The service that the catalogue says is there. */
    private String service() {
      return switch (this) {
        case COMPUTE -> "compute";
        case VOLUMES -> "volumev3";
        case NETWORKS -> "network";
        case NONE, ENDPOINT, LOG_IN, LISTS, REDIRECT, VCENTER -> "";
      };
    }
  }

  Forger(List<String> urls) {
    this.urls = urls;
    try {
      plain = HttpServer.create(here(), 0);
      HttpsServer server = HttpsServer.create(here(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(certificate.serving()));
      secure = server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (HttpServer each : List.of(plain, secure)) {
      each.createContext("/", this::answer);
      each.setExecutor(threads);
      each.start();
    }
  }

  private static InetSocketAddress here() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** In the form of the setting {@code outgoing.allow}. */
  List<String> authorities() {
    return List.of(authority(plain), authority(secure));
  }

  private static String authority(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Connector and settings of an account here that is led to an address by its number. */
  Map<String, Object> account(Lure lure, int number) {
    String path = "/%s/%d".formatted(lure, number);
    Map<String, String> settings =
        switch (lure) {
          case VCENTER -> vcenter("https://" + authority(secure) + path + "/sdk");
          case ENDPOINT -> Map.of("endpoint", urls.get(number), "project", "p");
          case NONE, LOG_IN, COMPUTE, VOLUMES, NETWORKS, LISTS, REDIRECT ->
              Map.of("endpoint", "http://" + authority(plain) + path + "/v3", "project", "p");
        };
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(Map.of("user", "u", "password", "w"));
    return Map.of(
        "name",
        "forged-" + number,
        "connector",
        lure == Lure.VCENTER ? "vsphere" : "openstack",
        "settings",
        all);
  }

  private Map<String, String> vcenter(String endpoint) {
    return Map.of("endpoint", endpoint, "certificates", certificate.pem(), "folder", "f");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String[] path = exchange.getRequestURI().getPath().split("/", 4);
      Lure lure = Lure.valueOf(path[1]);
      String url = urls.get(Integer.parseInt(path[2]));
      boolean logIn = path[3].equals("v3/auth/tokens");
      boolean away = lure == Lure.VCENTER || lure == (logIn ? Lure.LOG_IN : Lure.REDIRECT);
      if (away) {
        exchange.getResponseHeaders().add("Location", bytes(url));
        exchange.sendResponseHeaders(307, -1);
      } else if (logIn) {
        exchange.getResponseHeaders().add("X-Subject-Token", "token");
        say(
            exchange,
            201,
            token(lure, "http://" + authority(plain) + "/" + lure + "/" + path[2], url));
      } else {
        say(
            exchange,
            200,
            nothing(path[3], further(exchange) ? "" : lure == Lure.LISTS ? url : ""));
      }
    }
  }

  /** As it is sent: this server writes one byte for each character of a header. */
  private static String bytes(String url) {
    return new String(url.getBytes(UTF_8), ISO_8859_1);
  }

  private static boolean further(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestURI().getQuery()).contains("marker=");
  }

  private static void say(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static Map<String, Object> token(Lure lure, String here, String url) {
    Map<String, Object> domain = Map.of("id", "default", "name", "Default");
    List<Object> catalog =
        PATHS.entrySet().stream()
            .<Object>map(service ->
                service(
                    service.getKey(),
                    service.getKey().equals(lure.service()) ? url : here + service.getValue()))
            .toList();
    Map<String, Object> token =
        Map.of(
            "methods", List.of("password"),
            "audit_ids", List.of("a"),
            "issued_at", "2026-01-01T00:00:00.000000Z",
            "expires_at", "2036-01-01T00:00:00.000000Z",
            "user", Map.of("id", "u", "name", "u", "domain", domain),
            "project", Map.of("id", "p", "name", "p", "domain", domain),
            "roles", List.of(Map.of("id", "r", "name", "member")),
            "catalog", catalog);
    return Map.of("token", token);
  }

  private static Map<String, Object> service(String type, String url) {
    Map<String, String> endpoint =
        Map.of("id", "e", "interface", "public", "region", "R", "region_id", "R", "url", url);
    return Map.of("id", type, "type", type, "name", type, "endpoints", List.of(endpoint));
  }

  /**
   * What a cloud says that has nothing, or, once, one of a list and where the rest of it is.
   *
   * @param rest empty when there is no rest
   */
  private static Map<String, Object> nothing(String path, String rest) {
    String[] parts = path.replaceFirst("/detail$", "").split("/");
    String list = parts[parts.length - 1];
    return switch (list) {
      case "limits" -> Map.of("limits", Map.of("absolute", Map.of()));
      case "os-availability-zone" -> Map.of("availabilityZoneInfo", List.of());
      case "types" -> Map.of("volume_types", List.of());
      case "tenant" -> Map.of("tenant", Map.of("tenant_id", "p"));
      case "extensions" -> Map.of("extensions", List.of(zones()));
      default -> Map.of(list, entries(rest), list + "_links", links("next", rest));
    };
  }

  private static Map<String, Object> zones() {
    return Map.of(
        "alias", "os-availability-zone",
        "name", "AvailabilityZone",
        "namespace", "http://docs.openstack.org/compute/ext/availabilityzone/api/v1.1",
        "updated", "2012-12-21T00:00:00+00:00",
        "description", "zones",
        "links", List.of());
  }

  private static List<Object> links(String rel, String url) {
    return url.isEmpty() ? List.of() : List.of(Map.of("rel", rel, "href", url));
  }

  /** Whatever is listed is this. */
  private static List<Object> entries(String url) {
    if (url.isEmpty()) return List.of();
    Map<String, Object> entry =
        new HashMap<>(
            Map.of(
                "id", "1",
                "name", "one",
                "ram", 128,
                "vcpus", 1,
                "disk", 1,
                "swap", "",
                "status", "ACTIVE"));
    entry.put("network_id", "1");
    entry.put("cidr", "10.9.0.0/24");
    entry.put("links", links("self", url));
    return List.of(entry);
  }

  @Override
  public void close() {
    plain.stop(0);
    secure.stop(0);
    threads.shutdownNow();
  }
}
