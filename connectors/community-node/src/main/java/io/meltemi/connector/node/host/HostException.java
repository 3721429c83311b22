package io.meltemi.connector.node.host;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The host did not do what was asked. The message is for the owner and the machine's user. */
public final class HostException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public HostException(String reason) {
    super(reason);
  }

  public HostException(String reason, @Nullable Throwable cause) {
    super(cause == null ? reason : reason + ": " + cause.getMessage(), cause);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
