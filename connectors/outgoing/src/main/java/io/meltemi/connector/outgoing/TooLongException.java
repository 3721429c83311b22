package io.meltemi.connector.outgoing;

import io.meltemi.connector.Http;
import java.io.IOException;
import java.io.Serial;

/** More came than anybody wants to keep. */
final class TooLongException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  TooLongException() {
    super("it is longer than " + Http.LONGEST + " bytes");
  }
}
