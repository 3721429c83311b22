package io.meltemi.connector.outgoing;

import java.io.IOException;
import java.io.Serial;
import java.net.SocketAddress;

/** The address may not be called. For the operator's log; others only learn that nothing came. */
final class NotPermittedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  NotPermittedException(SocketAddress address) {
    super(address + " is not public and not opened by outgoing.allow");
  }
}
