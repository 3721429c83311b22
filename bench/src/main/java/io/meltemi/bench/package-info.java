/**
 * Figures: load programs and microbenchmarks, each with a peer or limit that is measured in the
 * same run. Nothing here judges; docs/benchmarks.md holds commands and figures.
 */
@NullMarked
package io.meltemi.bench;

import org.jspecify.annotations.NullMarked;
