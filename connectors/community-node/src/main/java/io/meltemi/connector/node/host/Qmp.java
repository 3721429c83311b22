package io.meltemi.connector.node.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * QEMU's machine protocol over a Unix socket. One request at a time; a guest's program that does
 * not answer in time is an error, never a wait without end.
 */
final class Qmp implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 10_000;
  private static final int MOST_BYTES = 1024 * 1024;

  private final JsonMapper mapper = JsonMapper.builder().build();
  private final SocketChannel channel;
  private final Selector selector;
  private final StringBuilder received = new StringBuilder();

  private Qmp(SocketChannel channel, Selector selector) {
    this.channel = channel;
    this.selector = selector;
  }

  static Qmp connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    Qmp qmp = new Qmp(channel, Selector.open());
    try {
      channel.configureBlocking(false);
      channel.register(qmp.selector, SelectionKey.OP_READ);
      qmp.line(); // greeting
      qmp.execute("qmp_capabilities");
      return qmp;
    } catch (IOException | RuntimeException e) {
      qmp.close();
      throw e;
    }
  }

  JsonNode execute(String command) throws IOException {
    return execute(command, Map.of());
  }

  /**
   * @return what the command returned
   * @throws HostException with QEMU's words when it refuses
   */
  JsonNode execute(String command, Map<String, Object> arguments) throws IOException {
    String request =
        mapper.writeValueAsString(Map.of("execute", command, "arguments", arguments)) + "\n";
    ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes); // a few hundred bytes: fit into the socket's buffer
    }
    while (true) {
      JsonNode answer = mapper.readTree(line());
      if (answer.has("return")) {
        return answer.get("return");
      }
      if (answer.has("error")) {
        throw new HostException("qemu: " + answer.get("error").path("desc").asText());
      }
    }
  }

  private String line() throws IOException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (true) {
      int newline = received.indexOf("\n");
      if (newline >= 0) {
        String line = received.substring(0, newline);
        received.delete(0, newline + 1);
        return line;
      }
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0 || received.length() > MOST_BYTES) {
        throw new IOException("qemu does not answer");
      }
      selector.select(left);
      selector.selectedKeys().clear();
      read();
    }
  }

  private void read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    int count = channel.read(buffer);
    if (count < 0) {
      throw new IOException("qemu has closed its socket");
    }
    received.append(StandardCharsets.UTF_8.decode(buffer.flip()));
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}
