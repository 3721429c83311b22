package io.meltemi.connector.kit;

import java.util.Locale;

/** Makes a sentence of the name of a test. */
final class Sentences {
  private Sentences() {}

  static String of(String name) {
    return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).strip();
  }
}
