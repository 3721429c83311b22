package io.meltemi.connector.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meltemi.connector.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a caller and the process of a scripted cloud talk: one line of JSON there, one line back, on
 * a connection of its own. A lost answer is a connection that ends without one.
 */
final class Wire {
  private static final int LONGEST = 16 << 20;

  /**
   * @param interfaceName {@link Cloud} or {@link Backstage}, without its package
   * @param arguments one for each parameter of the method
   */
  record Question(
      Optional<String> password, String interfaceName, String method, List<JsonNode> arguments) {}

  /** Holds a fault or a value; the value is null for methods without an answer. */
  record Answer(
      JsonNode value,
      Optional<Fault> fault,
      Optional<String> reason,
      Optional<Duration> retryAfter) {
    static Answer of(JsonNode value) {
      return new Answer(value, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Answer of(Fault fault, String reason, Optional<Duration> retryAfter) {
      JsonNode nothing = JsonNodeFactory.instance.nullNode();
      return new Answer(nothing, Optional.of(fault), Optional.of(reason), retryAfter);
    }
  }

  private Wire() {}

  static void send(SocketChannel channel, Object message) throws IOException {
    OutputStream out = Channels.newOutputStream(channel);
    out.write((Texts.JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Empty when the other side ended the connection before its line was whole. */
  static <T> Optional<T> receive(InputStream in, Class<T> type) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] piece = new byte[8192];
    while (line.size() < LONGEST) {
      int count = in.read(piece);
      if (count < 0) {
        return Optional.empty();
      }
      line.write(piece, 0, count);
      if (piece[count - 1] == '\n') {
        return Optional.of(Texts.JSON.readValue(line.toByteArray(), type));
      }
    }
    throw new IOException("a line longer than " + LONGEST + " bytes");
  }
}
