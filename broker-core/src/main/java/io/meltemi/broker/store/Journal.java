package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every group of changes, on the disk before the database commits it. After a crash H2 may open in
 * a state that is whole but older than what was acknowledged; the groups that it lost are carried
 * out again from here. Two files, the older one is dropped when the newer one is full.
 */
final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final long FULL = 32_000_000;

  /** Number, length, checksum. */
  private static final int HEAD = 16;

  private final Path newer;
  private final Path older;
  private FileChannel channel;

  /** Up to here the newer file holds whole groups. */
  private long length;

  Journal(Path folder) {
    this.newer = folder.resolve("journal");
    this.older = folder.resolve("journal.older");
    this.channel = writable(() -> open(newer));
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
  }

  /** One group that is on the disk. */
  private record Group(long number, byte[] text) {}

  /**
   * Carries out what the database has not; returns the number of the last group.
   *
   * @param session without a transaction
   */
  long replay(Session session) {
    long number = session.one("select number from journal", row -> row.getLong("number"));
    long reached = number;
    session.begin();
    for (Path file : List.of(older, newer)) {
      for (Group group : groups(file, reached)) {
        if (group.number() != reached + 1) throw gap(reached, group.number());
        repeat(session, group);
        reached = group.number();
      }
    }
    if (reached > number) LOG.warn("{} commits were brought back by the journal", reached - number);
    return reached;
  }

  private static void repeat(Session session, Group group) {
    ObjectNode statements = Json.read(new String(group.text(), StandardCharsets.UTF_8));
    for (JsonNode statement : statements.path("statements")) {
      List<Object> values = new ArrayList<>();
      for (JsonNode value : statement.path("values")) values.add(value(value));
      session.update(statement.path("sql").asText(), values.toArray());
    }
    session.commit();
    session.forget(0);
  }

  /**
   * Keeps a group; durable when this returns.
   *
   * @return what takes it back, for when the database refuses to commit it
   */
  Runnable append(long number, List<Session.Done> statements) {
    return writable(() -> {
      if (length > FULL) turn();
      long before = length;
      ByteBuffer record = record(number, statements);
      long at = before;
      while (record.hasRemaining()) at += channel.write(record, at);
      length = at;
      return () -> cut(before);
    });
  }

  private void cut(long at) {
    length = at;
    writable(() -> channel.truncate(at));
  }

  private void turn() throws IOException {
    channel.close();
    Files.move(newer, older, StandardCopyOption.REPLACE_EXISTING);
    channel = open(newer);
    length = 0;
  }

  private static ByteBuffer record(long number, List<Session.Done> statements) {
    ObjectNode group = JsonNodeFactory.instance.objectNode();
    ArrayNode all = group.putArray("statements");
    for (Session.Done done : statements) {
      ObjectNode one = all.addObject().put("sql", done.sql());
      ArrayNode values = one.putArray("values");
      for (Object value : done.values()) values.add(node(value));
    }
    byte[] text = Json.write(group).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEAD + text.length)
        .putLong(number)
        .putInt(text.length)
        .putInt(checksum(number, text))
        .put(text)
        .flip();
  }

  private static int checksum(long number, byte[] text) {
    var crc = new CRC32();
    crc.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    crc.update(text);
    return (int) crc.getValue();
  }

  /** The groups after a number, up to the first that was not written to its end. */
  private List<Group> groups(Path file, long after) {
    List<Group> all = new ArrayList<>();
    ByteBuffer bytes = writable(() -> ByteBuffer.wrap(bytes(file)));
    int whole = 0;
    Optional<Group> next = group(bytes);
    while (next.isPresent()) {
      whole = bytes.position();
      next.filter(group -> group.number() > after).ifPresent(all::add);
      next = group(bytes);
    }
    if (file.equals(newer)) cut(whole);
    return all;
  }

  private static Optional<Group> group(ByteBuffer bytes) {
    if (bytes.remaining() < HEAD) return Optional.empty();
    long number = bytes.getLong();
    int length = bytes.getInt();
    int expected = bytes.getInt();
    if (length < 0 || length > bytes.remaining()) return Optional.empty();
    byte[] text = new byte[length];
    bytes.get(text);
    if (checksum(number, text) != expected) return Optional.empty();
    return Optional.of(new Group(number, text));
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  private static JsonNode node(Object value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value instanceof Optional<?> some ? some.orElse(null) : value) {
      case null -> nodes.nullNode();
      case Instant time -> nodes.objectNode().put("time", time.toString());
      case Duration span -> nodes.numberNode(span.toNanos() / 1000);
      case Long number -> nodes.numberNode(number);
      case Integer number -> nodes.numberNode(number);
      case ObjectNode document -> nodes.textNode(Json.write(document));
      case String text -> nodes.textNode(text);
      default -> throw new IllegalArgumentException("not kept by the journal: " + value.getClass());
    };
  }

  private static Object value(JsonNode node) {
    if (node.isNull()) return Optional.empty();
    if (node.isNumber()) return node.longValue();
    if (node.isObject()) return Instant.parse(node.path("time").asText());
    return node.textValue();
  }

  private static StoreException gap(long reached, long next) {
    return new StoreException(
        "The store ends with change %d and its journal goes on with change %d."
            .formatted(reached, next),
        "Restore a newer copy of the store; without the files named journal it opens as it is.",
        null);
  }

  /** Work on files. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException;
  }

  private static <T> T writable(Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new StoreException(
          "The journal of the store cannot be written: " + e.getMessage(),
          "Look whether the disk is full or failing.",
          e);
    }
  }

  @Override
  public void close() {
    writable(() -> {
      channel.close();
      return true;
    });
  }
}
