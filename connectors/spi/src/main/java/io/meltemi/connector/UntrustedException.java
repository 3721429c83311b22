package io.meltemi.connector;

import java.io.IOException;
import java.io.Serial;

/** The other side could not show that it is who it should be. Nothing was sent. */
public final class UntrustedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public UntrustedException(String authority, String why, Throwable cause) {
    super("the certificate of " + authority + " is not trusted: " + why, cause);
  }
}
