/**
 * Kills a process that writes into the embedded store, again and again, and looks what is left. Not
 * a test of the build: {@code dev/kill-store} runs it.
 */
@NullMarked
package io.meltemi.broker.store.kill;

import org.jspecify.annotations.NullMarked;
