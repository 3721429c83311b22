/**
 * What runs on a member's host: guests under qemu or as confined processes, each with a guard of
 * its own; images, limits, and what this host can do. Knows nothing of the broker.
 */
@NullMarked
package io.meltemi.connector.node.host;

import org.jspecify.annotations.NullMarked;
