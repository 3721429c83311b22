/**
 * The kill campaign: brokers and agents started as users start them end by SIGKILL at every point
 * at which they touch what outlives them, start again, and providers and store are compared.
 * Programs, not tests; {@code dev/kill-broker} runs them.
 */
@NullMarked
package io.meltemi.webapp.kill;

import org.jspecify.annotations.NullMarked;
