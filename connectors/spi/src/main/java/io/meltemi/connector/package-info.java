/**
 * What a provider promises to the broker. A connector implements these interfaces and nothing else;
 * queues, time limits, rate limits, retries and metrics wrap it from outside.
 */
@NullMarked
package io.meltemi.connector;

import org.jspecify.annotations.NullMarked;
