package io.meltemi.webapp.deployed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.meltemi.connector.kit.OwnCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server of this machine that says the same to whatever it is asked, and remembers what. */
final class Stranger implements AutoCloseable {
  private final HttpServer server;
  private final String scheme;
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private volatile int status = 404;
  private volatile String body = "";

  private Stranger(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
    server.createContext("/", this::answer);
    server.start();
  }

  static Stranger plain() {
    try {
      return new Stranger(HttpServer.create(here(), 0), "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Over TLS, with a certificate that nobody has signed but itself. */
  static Stranger showing(OwnCertificate certificate) {
    try {
      HttpsServer server = HttpsServer.create(here(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(certificate.serving()));
      return new Stranger(server, "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress here() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      byte[] bytes = body.getBytes(UTF_8);
      String type = body.startsWith("{") ? "application/json" : "text/html";
      exchange.getResponseHeaders().add("Content-Type", type);
      if (body.startsWith("{\"token\"")) exchange.getResponseHeaders().add("X-Subject-Token", "t");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    }
  }

  Stranger saying(int newStatus, String newBody) {
    status = newStatus;
    body = newBody;
    heard.clear();
    return this;
  }

  List<String> heard() {
    return List.copyOf(heard);
  }

  /** In the form of the setting {@code outgoing.allow}. */
  String authority() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String url() {
    return scheme + "://" + authority();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
