package io.meltemi.model.wire;

import io.meltemi.model.Problem;
import java.time.Instant;
import java.util.Optional;

/**
 * A refused request, to be told as a Job (R88, R89).
 *
 * @param problem why
 * @param action what was wanted: {@code add}, {@code edit}, {@code delete}, {@code read} or an
 *     action's name
 * @param target path of the resource or collection; empty when there is none
 * @param at when
 */
public record Failure(Problem problem, String action, Optional<String> target, Instant at) {}
