package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.pivot.Amount;

/**
 * What a tenant may hold at the same time. What counts is what it gets, which is more than it
 * ordered where a provider has fixed sizes.
 *
 * @param name in the book of claims
 * @param limit what it holds in all
 */
public record Budget(String name, Amount limit) {

  /** The budget of a tenant's machines and volumes, as the tenant's row says it now. */
  public static Budget of(Store store, String tenant) {
    return store
        .read(Store.EVERYBODY, "tenants/" + tenant)
        .map(Row::document)
        .map(document -> new Budget(name(tenant), limit(document.path("quota"))))
        .orElseGet(() -> new Budget(name(tenant), Amount.UNLIMITED));
  }

  public static String name(String tenant) {
    return "tenant:" + tenant;
  }

  /** A tenant's limits; what is not limited is unlimited. */
  public static Amount limit(JsonNode quota) {
    return new Amount(
        quota.path("machines").asLong(Long.MAX_VALUE),
        quota.path("cpu").asLong(Long.MAX_VALUE),
        quota.path("memory").asLong(Long.MAX_VALUE),
        quota.path("disk").asLong(Long.MAX_VALUE),
        quota.path("volumes").asLong(Long.MAX_VALUE));
  }

  /**
   * True when there is room. The claim itself is judged at its transaction; this is for choosing.
   *
   * @param instead what would be given back for it
   */
  public boolean hasRoom(Store store, Amount wanted, Amount instead) {
    return instead.holds(wanted) || limit.holds(store.claimed(name).minus(instead).plus(wanted));
  }
}
