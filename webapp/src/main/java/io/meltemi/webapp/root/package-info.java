/**
 * What a start by root does: the broker runs as a user without rights, the node's agent keeps them.
 * Knows nothing of what a broker is.
 */
@NullMarked
package io.meltemi.webapp.root;

import org.jspecify.annotations.NullMarked;
