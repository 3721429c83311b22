package io.meltemi.broker;

import io.meltemi.model.Resource;
import java.util.Optional;

/**
 * What became of a changing request.
 *
 * @param resource the resource as it is now; empty after a delete
 * @param job the job that carries it out or, when finished, carried it out
 * @param accepted true when the job still runs: 202 and not 200 or 201
 * @param created true when a new resource came to be
 * @param replayed true when this answer was given before to the same idempotency key
 */
public record Reply(
    Optional<Resource> resource,
    Optional<Resource> job,
    boolean accepted,
    boolean created,
    boolean replayed) {}
