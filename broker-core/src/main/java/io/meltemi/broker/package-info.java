/**
 * The broker behind its one door, {@link io.meltemi.broker.Broker}: doors call it, nothing in here
 * knows of HTTP, JSON over the wire or XML.
 */
@NullMarked
package io.meltemi.broker;

import org.jspecify.annotations.NullMarked;
