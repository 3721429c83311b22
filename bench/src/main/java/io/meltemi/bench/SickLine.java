package io.meltemi.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The line to a provider, which can fall sick: connections to here lead there, while it is well.
 */
final class SickLine implements AutoCloseable {
  private static final byte[] NOISE =
      "x".repeat(1 << 16).getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  /** What becomes of a call. */
  enum State {
    WELL,
    /** No answer for long, then the connection ends. */
    HANGS,
    /** An answer that does not end. */
    FLOODS,
    /** An answer byte by byte. */
    DRIPS
  }

  private final ServerSocket socket;
  private final String host;
  private final int port;
  private final Set<Socket> sick = ConcurrentHashMap.newKeySet();
  private final AtomicInteger met = new AtomicInteger();
  private volatile State state = State.WELL;

  /**
   * @param address host and port of the provider
   */
  SickLine(String address) throws IOException {
    String[] parts = address.split(":", 2);
    host = parts[0];
    port = Integer.parseInt(parts[1]);
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Calls that it has let go wrong. */
  int met() {
    return met.get();
  }

  /** Calls that come from now on meet this; those which met something else end. */
  void becomes(State next) throws IOException {
    state = next;
    for (Socket each : sick) each.close();
  }

  private void listen() {
    try {
      while (true) {
        Socket caller = socket.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket caller) {
    State now = state;
    try (caller) {
      if (now == State.WELL) {
        forward(caller);
      } else {
        met.incrementAndGet();
        sick.add(caller);
        fail(caller, now);
      }
    } catch (IOException gone) {
      return; // the caller has left, or the line is well again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sick.remove(caller);
    }
  }

  /** One line there, one line back; the provider ends the connection. */
  private void forward(Socket caller) throws IOException {
    try (Socket provider = new Socket(host, port)) {
      Thread.ofVirtual().start(() -> pour(caller, provider));
      provider.getInputStream().transferTo(caller.getOutputStream());
    }
  }

  private static void pour(Socket caller, Socket provider) {
    try {
      caller.getInputStream().transferTo(provider.getOutputStream());
    } catch (IOException ended) {
      return;
    }
  }

  private static void fail(Socket caller, State how) throws IOException, InterruptedException {
    OutputStream out = caller.getOutputStream();
    switch (how) {
      case WELL -> throw new IllegalArgumentException("nothing is wrong");
      case HANGS -> TimeUnit.NANOSECONDS.sleep(Sickness.HANG.toNanos());
      case FLOODS -> {
        while (true) out.write(NOISE);
      }
      case DRIPS -> {
        while (true) {
          out.write('x');
          TimeUnit.NANOSECONDS.sleep(Sickness.DROP.toNanos());
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      becomes(State.WELL);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
