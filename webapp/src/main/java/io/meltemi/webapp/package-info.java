/**
 * The deployable: its commands, its settings, and the wiring of all rooms. It decides nothing about
 * clouds or CIMI.
 */
@NullMarked
package io.meltemi.webapp;

import org.jspecify.annotations.NullMarked;
