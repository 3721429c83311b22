/**
 * Compares what providers show with what the book says; the only one to report what happened behind
 * our back. Leaves to a job what a job works on. The watch does so by itself, the doctor when
 * asked.
 */
@NullMarked
package io.meltemi.broker.watch;

import org.jspecify.annotations.NullMarked;
