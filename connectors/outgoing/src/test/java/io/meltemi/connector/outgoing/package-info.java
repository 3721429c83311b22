/** Tests of the gate, on sockets of this machine. */
@NullMarked
package io.meltemi.connector.outgoing;

import org.jspecify.annotations.NullMarked;
