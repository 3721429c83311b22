package io.meltemi.ovf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A package as other programs write them: one machine, a disk with content, and an empty one. */
final class Envelopes {
  static final String FOREIGN = text("web.ovf");
  static final String CONTENT = text("debian.vmdk");

  private Envelopes() {}

  private static String text(String name) {
    try (InputStream in = Envelopes.class.getResourceAsStream("/foreign/" + name)) {
      if (in == null) throw new IllegalStateException("no resource " + name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
