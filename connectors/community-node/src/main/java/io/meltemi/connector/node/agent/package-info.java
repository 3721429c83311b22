/**
 * The member's end: a process that dials out to the broker, keeps its partitions as the broker
 * wants them, and reports. Opens no port.
 */
@NullMarked
package io.meltemi.connector.node.agent;

import org.jspecify.annotations.NullMarked;
