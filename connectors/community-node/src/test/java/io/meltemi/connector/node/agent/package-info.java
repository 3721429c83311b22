/** Tests of the agent; those named IT boot real guests. */
@NullMarked
package io.meltemi.connector.node.agent;

import org.jspecify.annotations.NullMarked;
