package io.meltemi.broker.store;

import io.meltemi.pivot.Amount;
import java.time.Instant;
import java.util.Optional;

/**
 * How long a resource was what it was: the base of every bill. Intervals of a resource touch and
 * never overlap.
 *
 * @param state state during the interval
 * @param amount what it held during the interval
 * @param account provider account on which it ran
 * @param to end, exclusive; empty while it goes on
 */
public record Usage(
    String resource,
    String tenant,
    String kind,
    String state,
    Amount amount,
    String account,
    Instant from,
    Optional<Instant> to) {}
