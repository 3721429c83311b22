package io.meltemi.broker.door;

import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.identity.Secrets;
import io.meltemi.broker.job.Jobs;
import io.meltemi.placement.Placement;
import java.time.Duration;

/**
 * What the door leads to.
 *
 * @param keyLife how long an answer is remembered for its idempotency key
 */
public record Rooms(
    Desk desk,
    Jobs jobs,
    Catalog catalog,
    Placement placement,
    Secrets secrets,
    Duration keyLife) {}
