/** The deployable as a process of its own, and an operator who speaks HTTP with it. */
@NullMarked
package io.meltemi.webapp.deployed;

import org.jspecify.annotations.NullMarked;
