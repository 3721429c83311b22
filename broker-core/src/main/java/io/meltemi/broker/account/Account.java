package io.meltemi.broker.account;

import io.meltemi.broker.store.Row;
import java.util.Map;
import java.util.Set;

/**
 * A provider account, its secrets opened.
 *
 * @param id last segment of its row's path
 * @param tenant whose it is; {@link Row#HOUSE} for the house's
 * @param connector name of the connector that reaches it
 * @param settings what the connector is told, secrets included
 * @param grants tenants who may use an account of the house; empty grants it to all
 */
public record Account(
    String id,
    String name,
    String tenant,
    String connector,
    Map<String, String> settings,
    Set<String> grants,
    AccountLimits limits) {

  public Account {
    settings = Map.copyOf(settings);
    grants = Set.copyOf(grants);
  }

  /** True when machines of the tenant may run there. */
  public boolean serves(String other) {
    return tenant.equals(other)
        || tenant.equals(Row.HOUSE) && (grants.isEmpty() || grants.contains(other));
  }

  /** Path of the account's row. */
  public String path() {
    return Accounts.path(id);
  }

  @Override
  public String toString() {
    return "Account[" + id + ", " + connector + "]";
  }
}
