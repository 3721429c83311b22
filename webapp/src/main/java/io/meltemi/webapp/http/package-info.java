/**
 * The HTTP server: Helidon under a JAX-RS container of our own, with limits on everything that a
 * client can make large or slow. Knows no resource and no broker.
 */
@NullMarked
package io.meltemi.webapp.http;

import org.jspecify.annotations.NullMarked;
