package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.pivot.Amount;

/** What a tenant may hold at the same time. */
final class Quota {
  private Quota() {}

  /** The budget of a tenant's machines and volumes in the book of claims. */
  static String budget(String tenant) {
    return "tenant:" + tenant;
  }

  /** A tenant's limits; what is not limited is unlimited. */
  static Amount limit(JsonNode quota) {
    return new Amount(
        quota.path("machines").asLong(Long.MAX_VALUE),
        quota.path("cpu").asLong(Long.MAX_VALUE),
        quota.path("memory").asLong(Long.MAX_VALUE),
        quota.path("disk").asLong(Long.MAX_VALUE),
        quota.path("volumes").asLong(Long.MAX_VALUE));
  }

  /** A claim in words: what was asked and what the limits are. */
  static String told(Outcome.Claim claim) {
    return "asked "
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
