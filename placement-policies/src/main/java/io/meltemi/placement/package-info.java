/**
 * May a machine run there, and where is best: pure functions over the neutral words. Nothing in
 * here reads a clock, a file or the network; the same input gives the same decision tomorrow.
 */
@NullMarked
package io.meltemi.placement;

import org.jspecify.annotations.NullMarked;
