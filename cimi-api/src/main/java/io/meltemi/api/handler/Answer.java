package io.meltemi.api.handler;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is answered.
 *
 * @param headers in order; a name may come several times
 */
public record Answer(int status, List<Header> headers, Content content) {
  public Answer {
    headers = List.copyOf(headers);
  }

  /** One header line. */
  public record Header(String name, String value) {}

  /** The body of an answer. */
  public sealed interface Content {
    record None() implements Content {}

    record Whole(String type, byte[] bytes) implements Content {}

    /** Written bit by bit, for as long as the client stays. */
    record Stream(String type, Writer writer) implements Content {}
  }

  /** Writes a stream; ends when it returns. */
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  public static Answer empty(int status) {
    return new Answer(status, List.of(), new Content.None());
  }

  public static Answer of(int status, String type, byte[] bytes) {
    return new Answer(status, List.of(), new Content.Whole(type, bytes));
  }

  public Answer with(String name, String value) {
    return with(new Header(name, value));
  }

  public Answer with(Header... further) {
    List<Header> more = new ArrayList<>(headers);
    more.addAll(List.of(further));
    return new Answer(status, more, content);
  }

  public Answer with(String name, Optional<String> value) {
    return value.map(present -> with(name, present)).orElse(this);
  }
}
