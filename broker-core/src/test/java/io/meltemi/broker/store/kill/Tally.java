package io.meltemi.broker.store.kill;

import io.meltemi.broker.store.StoreException;
import java.time.Duration;

/** The results of one number of writers. */
final class Tally {
  static final String HEAD =
      "| Writers | Kills | Commits acknowledged | Commits lost | Kills that lost some"
          + " | Kills that left half a change | Kills that left gaps in events"
          + " | Not opened | Longest opening |\n|---|---|---|---|---|---|---|---|---|";

  /** Row Q4: how soon a store opens after a kill. */
  private static final Duration OPENS_WITHIN = Duration.ofSeconds(10);

  private final int writers;
  private int kills;
  private long lost;
  private int losses;
  private int halves;
  private int gaps;
  private int refused;
  private Duration longest = Duration.ZERO;

  Tally(int writers) {
    this.writers = writers;
  }

  void opened(Duration took) {
    if (took.compareTo(longest) > 0) longest = took;
  }

  void add(Audit audit) {
    kills++;
    lost = Math.max(lost, audit.lost());
    if (audit.lost() > 0) losses++;
    if (audit.half() > 0 || audit.sum() != Bank.BALANCES * Bank.EACH) halves++;
    if (audit.gaps() > 0) gaps++;
    if (!audit.passed()) System.out.println("kill " + kills + ": " + audit);
  }

  void refused(StoreException reason) {
    kills++;
    refused++;
    System.out.println("kill " + kills + ": " + reason.getMessage());
  }

  boolean passed() {
    return losses + halves + gaps + refused == 0 && longest.compareTo(OPENS_WITHIN) <= 0;
  }

  String row(int acknowledged) {
    return "| %d | %d | %d | %d | %d | %d | %d | %d | %.1f s |"
        .formatted(
            writers,
            kills,
            acknowledged,
            lost,
            losses,
            halves,
            gaps,
            refused,
            longest.toMillis() / 1000.0);
  }
}
