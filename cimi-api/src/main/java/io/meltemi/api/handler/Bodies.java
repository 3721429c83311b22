package io.meltemi.api.handler;

import io.meltemi.model.wire.Format;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes in the body of a request, with its limits. */
final class Bodies {
  /** Largest body in bytes. */
  static final int MOST = 256 * 1024;

  private Bodies() {}

  /** The form of the body, as its type says. */
  static Format format(Ask ask) {
    for (String encoding : ask.headers().all("Content-Encoding")) {
      if (!encoding.equalsIgnoreCase("identity")) throw Refuse.encoding(encoding);
    }
    String type = ask.headers().one("Content-Type").orElse("");
    return Negotiation.ofBody(type).orElseThrow(() -> Refuse.mediaType(type));
  }

  /** The body; empty when there is none. */
  static byte[] read(Ask ask) {
    if (announced(ask) > MOST) throw Refuse.tooLarge(MOST);
    try {
      byte[] bytes = ask.body().readNBytes(MOST + 1);
      if (bytes.length > MOST) throw Refuse.tooLarge(MOST);
      return bytes;
    } catch (IOException e) {
      throw Refuse.broken();
    }
  }

  private static long announced(Ask ask) {
    List<String> lengths = ask.headers().all("Content-Length");
    if (lengths.isEmpty()) return 0;
    try {
      return Long.parseLong(lengths.getFirst().strip());
    } catch (NumberFormatException e) {
      throw Refuse.header("Content-Length", "Content-Length is not a number.", "Send the length.");
    }
  }

  /** The name of an intention: up to 64 visible characters. */
  static Optional<String> idempotencyKey(Ask ask) {
    Optional<String> key = ask.headers().one("Idempotency-Key");
    key.ifPresent(value -> {
      if (value.isEmpty() || value.length() > 64 || !visible(value)) {
        throw Refuse.header(
            "Idempotency-Key",
            "An idempotency key has 1 to 64 visible ASCII characters.",
            "Send a shorter key, for instance a UUID.");
      }
    });
    return key;
  }

  private static boolean visible(String text) {
    return text.chars().allMatch(letter -> letter > ' ' && letter < 127);
  }
}
