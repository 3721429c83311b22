package io.meltemi.webapp.settings;

import java.util.Locale;
import java.util.function.Function;

/**
 * One row of the table of settings.
 *
 * @param name with dots between its parts, as it is nested in the file
 * @param fallback text of the value when none is given; empty for none
 * @param meaning a sentence for the page of settings
 * @param parser turns text into a value; an {@link IllegalArgumentException} says what is wanted
 */
record Setting<T>(String name, String fallback, String meaning, Function<String, T> parser) {

  /** Name of the environment variable: {@code MELTEMI_HTTP_PUBLIC_URL} for http.publicUrl. */
  String variable() {
    String words = name.replaceAll("([a-z])([A-Z])", "$1_$2").replace('.', '_');
    return "MELTEMI_" + words.toUpperCase(Locale.ROOT);
  }
}
