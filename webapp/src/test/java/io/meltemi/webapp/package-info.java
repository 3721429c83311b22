/** A whole broker for tests. */
@NullMarked
package io.meltemi.webapp;

import org.jspecify.annotations.NullMarked;
