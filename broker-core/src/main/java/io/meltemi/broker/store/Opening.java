package io.meltemi.broker.store;

import io.meltemi.model.schema.Kinds;
import java.time.Clock;

/**
 * What a store is opened with, whatever its database.
 *
 * @param clock of events, due tasks, retention and idempotency keys; leases and claims of tasks
 *     take the database's time
 */
public record Opening(Kinds kinds, Clock clock, Retention retention) {
  public static Opening of(Kinds kinds, Clock clock) {
    return new Opening(kinds, clock, Retention.DEFAULT);
  }
}
