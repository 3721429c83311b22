package io.meltemi.ovf;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A package is refused; the message is one sentence for whoever gave it. */
public final class OvfException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public OvfException(String message) {
    super(message);
  }

  public OvfException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
