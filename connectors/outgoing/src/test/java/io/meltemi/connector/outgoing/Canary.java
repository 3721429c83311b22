package io.meltemi.connector.outgoing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of this machine that remembers whatever reaches it. */
final class Canary implements AutoCloseable {
  private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch over = new CountDownLatch(1);
  private final HttpServer server;

  /** What it says to a request. */
  interface Answering {
    void to(HttpExchange exchange) throws IOException;
  }

  /** At every address of this machine. */
  Canary(Answering answering) {
    this(new InetSocketAddress(0), answering);
  }

  /** At one address. */
  Canary(InetAddress address, Answering answering) {
    this(new InetSocketAddress(address, 0), answering);
  }

  private Canary(InetSocketAddress at, Answering answering) {
    try {
      server = HttpServer.create(at, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          heard.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          try (exchange) {
            answering.to(exchange);
          }
        });
    server.start();
  }

  static void well(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, -1);
  }

  /** Lets nobody keep the connection: the next request looks the name up again. */
  static void closing(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Connection", "close");
    exchange.sendResponseHeaders(200, -1);
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<String> heard() {
    return List.copyOf(heard);
  }

  /** Holds an exchange until the end of the test. */
  void hold() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
