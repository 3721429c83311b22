package io.meltemi.ovf.envelope;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A document cannot be read; the message says why, in the middle of a sentence. */
public final class DocumentException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  DocumentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
