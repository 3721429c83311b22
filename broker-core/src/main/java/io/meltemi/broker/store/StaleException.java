package io.meltemi.broker.store;

import java.io.Serial;

/** The row or task that was to be changed has moved on, is gone, or is another tenant's. */
public final class StaleException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public StaleException(String message) {
    super(message, null, false, false);
  }
}
