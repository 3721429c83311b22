package io.meltemi.api.handler;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** What a changing request says, in 64 characters: two that say the same have the same digest. */
final class Digests {
  private Digests() {}

  static String of(Ask ask, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String head =
          String.join(
              "\n",
              ask.method(),
              ask.face().path() + ask.path(),
              new TreeMap<>(ask.query()).toString(),
              String.join(",", ask.headers().all("Content-Type")),
              "");
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
