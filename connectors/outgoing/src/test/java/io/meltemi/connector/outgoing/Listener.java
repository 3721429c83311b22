package io.meltemi.connector.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Says one thing to everybody who connects, reads what comes, and closes. */
final class Listener implements AutoCloseable {
  private final ServerSocket socket;

  Listener(String greeting) {
    try {
      socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> greet(greeting));
  }

  private void greet(String greeting) {
    try {
      while (true) {
        greet(socket.accept(), greeting);
      }
    } catch (IOException e) {
      assertThat(socket.isClosed()).isTrue();
    }
  }

  private static void greet(Socket guest, String greeting) throws IOException {
    try (guest) {
      guest.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
      guest.shutdownOutput();
      int ignored = guest.getInputStream().read(new byte[4096]);
    } catch (SocketException e) {
      guest.close(); // it went away while we spoke
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
