package io.meltemi.api.handler;

import java.util.OptionalLong;

/** Reads the query parameters that CIMI defines (R69 to R78); all others are ignored. */
final class Parameters {
  private Parameters() {}

  /** A 1-based ordinal; what is no number is ignored (R74). */
  static OptionalLong ordinal(Ask ask, String name) {
    return ask.parameter(name)
        .map(String::strip)
        .filter(value -> value.matches("\\d{1,18}"))
        .map(value -> OptionalLong.of(Long.parseLong(value)))
        .orElse(OptionalLong.empty());
  }
}
