/**
 * The broker's one door from behind: finds the kind and the place of what is asked, judges rights
 * and states, books what changes, and hands machines to the map and the shop. Knows neither HTTP
 * nor any wire form, and calls no provider.
 */
@NullMarked
package io.meltemi.broker.door;

import org.jspecify.annotations.NullMarked;
