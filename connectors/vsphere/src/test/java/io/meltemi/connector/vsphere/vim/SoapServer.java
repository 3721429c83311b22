package io.meltemi.connector.vsphere.vim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A server of this machine that is asked as a vCenter is, and knows what a test tells it. */
final class SoapServer implements AutoCloseable {
  private final HttpServer server;
  private final Script script;

  /** What the server says. */
  interface Script {
    Said answer(String method, HttpExchange exchange);
  }

  /**
   * @param body what stands in the envelope's body
   */
  record Said(int status, String body) {
    static Said well(String body) {
      return new Said(200, body);
    }
  }

  SoapServer(Script script) throws IOException {
    this.script = script;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/sdk", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String call = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Said said = script.answer(call.replaceAll("(?s).*Body><([A-Za-z]+).*", "$1"), exchange);
    byte[] bytes =
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>%s</e:Body></e:Envelope>"
            .formatted(said.body())
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(said.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sdk");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
