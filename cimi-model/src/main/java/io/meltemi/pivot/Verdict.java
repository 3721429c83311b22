package io.meltemi.pivot;

import java.time.Instant;

/** What one rule says of one offer for one order. */
public sealed interface Verdict {
  /** The rule's name, for instance {@code memory}. */
  String rule();

  /** The rule has nothing against the offer. */
  record Admitted(String rule) implements Verdict {}

  /**
   * The rule refuses the offer.
   *
   * @param wanted what the order asks, with unit
   * @param offered what is there, with unit
   * @param remedy what would help, as a sentence to the person who ordered
   * @param factTime when the provider told the fact that decided
   * @param confidence how far that fact can be relied on
   */
  record Refused(
      String rule,
      String wanted,
      String offered,
      String remedy,
      Instant factTime,
      Confidence confidence)
      implements Verdict {}
}
