/**
 * The broker's own resource types, served under {@code /broker/1/}: what CIMI has no word for. Only
 * declarations; what acts on them is elsewhere.
 */
@NullMarked
package io.meltemi.broker.kinds;

import org.jspecify.annotations.NullMarked;
