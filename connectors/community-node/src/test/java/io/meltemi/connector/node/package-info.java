/** Tests of the driver and the node protocol. */
@NullMarked
package io.meltemi.connector.node;

import org.jspecify.annotations.NullMarked;
