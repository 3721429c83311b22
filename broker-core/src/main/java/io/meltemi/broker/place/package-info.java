/**
 * Where a machine, volume or network is or is being made, and what follows from a change of that:
 * its row, its usage interval, what it takes of its place. Calls no provider.
 */
@NullMarked
package io.meltemi.broker.place;

import org.jspecify.annotations.NullMarked;
