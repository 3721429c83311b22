package io.meltemi.webapp;

import java.io.Serial;

/** The broker cannot start; the message is one sentence with the remedy, for the operator. */
final class StartException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
