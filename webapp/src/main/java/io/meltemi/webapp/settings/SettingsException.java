package io.meltemi.webapp.settings;

import java.io.Serial;

/** A setting is unknown, malformed or contradicts another; the message is for the operator. */
public final class SettingsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public SettingsException(String message) {
    super(message, null, false, false);
  }
}
