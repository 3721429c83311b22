package io.meltemi.broker.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What a discovery told otherwise than the one before.
 *
 * @param account id of the account
 * @param number grows within the account, from 1 on
 * @param place id of the location; empty for a fact of the whole account
 * @param fact for instance {@code free/cpu}
 * @param before what was recorded before; empty when nothing was known
 * @param after what was told; empty when it is told no more
 * @param source how it was learnt
 * @param time when the provider told it
 */
public record FactChange(
    String account,
    long number,
    String place,
    String fact,
    Optional<String> before,
    Optional<String> after,
    String source,
    Instant time) {}
