/**
 * The HTTP front end: JAX-RS resources over the broker's door. HTTP in and out, nothing else; knows
 * no HTTP server.
 */
@NullMarked
package io.meltemi.api;

import org.jspecify.annotations.NullMarked;
