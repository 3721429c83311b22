package io.meltemi.broker.door;

import io.meltemi.pivot.Amount;

/** Tells of what a tenant may hold at the same time. */
final class Quota {
  private Quota() {}

  /** A claim in words: what was asked and what the limits are. */
  static String told(Outcome.Claim claim) {
    return "the place gives "
        + told(claim.amount())
        + "; the tenant may hold "
        + told(claim.limit())
        + " in all";
  }

  private static String told(Amount amount) {
    return number(amount.machines(), " machines")
        + ", "
        + number(amount.cpu(), " CPUs")
        + ", "
        + number(amount.memoryKibibytes(), " KiB of memory")
        + ", "
        + number(amount.diskKilobytes(), " kB of disks and volumes")
        + ", "
        + number(amount.volumes(), " volumes");
  }

  private static String number(long amount, String unit) {
    return (amount == Long.MAX_VALUE ? "any number of" : String.valueOf(amount)) + unit;
  }
}
