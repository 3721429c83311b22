package io.meltemi.webapp.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A client that sends bytes as they are given. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;

  public RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
  }

  /** Sends bytes; fails when the server has hung up. */
  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** All that comes until the server closes the connection. */
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** What comes up to and with these words. */
  String until(String words) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(words) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) break;
      seen.append((char) next);
    }
    return seen.toString();
  }

  /** Everything that one text brings back. */
  public static String ask(int port, String text) throws IOException {
    try (RawClient client = new RawClient(port)) {
      return client.send(text).rest();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
