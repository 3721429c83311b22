/**
 * What each verb does: checks a request, calls the broker's door, words the answer. Knows neither
 * JAX-RS nor an HTTP server.
 */
@NullMarked
package io.meltemi.api.handler;

import org.jspecify.annotations.NullMarked;
