package io.meltemi.api.handler;

import java.util.OptionalLong;

/** Reads the query parameters that CIMI defines (R69 to R78); all others are ignored. */
final class Parameters {
  private static final int DIGITS = 18;
  private static final long MOST = 999_999_999_999_999_999L;

  private Parameters() {}

  /** A 1-based ordinal, beyond every collection at most; what is no number is ignored (R74). */
  static OptionalLong ordinal(Ask ask, String name) {
    return ask.parameter(name)
        .map(String::strip)
        .filter(value -> value.matches("\\d+"))
        .map(value -> OptionalLong.of(value.length() > DIGITS ? MOST : Long.parseLong(value)))
        .orElse(OptionalLong.empty());
  }
}
