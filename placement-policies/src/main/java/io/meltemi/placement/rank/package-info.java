/** The placement policies that come with Meltemi. */
@NullMarked
package io.meltemi.placement.rank;

import org.jspecify.annotations.NullMarked;
