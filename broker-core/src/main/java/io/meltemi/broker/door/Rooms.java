package io.meltemi.broker.door;

import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.catalog.Discovery;
import io.meltemi.broker.identity.ApiTokens;
import io.meltemi.broker.identity.Secrets;
import io.meltemi.broker.identity.Users;
import io.meltemi.broker.job.Jobs;
import io.meltemi.connector.NodeRecords;
import io.meltemi.placement.Placement;
import java.time.Duration;
import java.util.Optional;

/** What the door leads to. */
public record Rooms(
    Desk desk,
    Jobs jobs,
    Catalog catalog,
    Placement placement,
    Providers providers,
    People people,
    Lives lives) {

  /** Whom machines come from. */
  public record Providers(
      Accounts accounts,
      ConnectorPool connectors,
      Discovery discovery,
      Optional<NodeRecords> nodes) {}

  /** Who asks. */
  public record People(Secrets secrets, Users users, ApiTokens tokens) {}

  /**
   * How long is remembered.
   *
   * @param key an answer, for its idempotency key
   * @param job a job that has ended
   */
  public record Lives(Duration key, Duration job) {}
}
