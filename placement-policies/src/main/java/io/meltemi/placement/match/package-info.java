/** The rules of match-making that come with Meltemi: one class, one rule, one reason. */
@NullMarked
package io.meltemi.placement.match;

import org.jspecify.annotations.NullMarked;
