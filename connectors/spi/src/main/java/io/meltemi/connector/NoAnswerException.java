package io.meltemi.connector;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Nothing came from an address that could be used. Its words are the same whether the address may
 * not be called, refuses, is silent or speaks something else: who names addresses must not learn
 * from us what stands at them.
 */
public final class NoAnswerException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean sent;

  private NoAnswerException(String words, boolean sent, @Nullable Throwable cause) {
    super(words, cause);
    this.sent = sent;
  }

  /** Nothing was sent: what was asked has certainly not happened. */
  public static NoAnswerException notSent(String authority, @Nullable Throwable cause) {
    return new NoAnswerException("no answer from " + authority, false, cause);
  }

  /** What was asked may have happened. */
  public static NoAnswerException lost(String authority, @Nullable Throwable cause) {
    return new NoAnswerException("no answer from " + authority, true, cause);
  }

  /** An answer began and did not come whole. */
  public static NoAnswerException cut(String authority, String why, @Nullable Throwable cause) {
    return new NoAnswerException("no whole answer from " + authority + ": " + why, true, cause);
  }

  /** False when nothing was sent. */
  public boolean sent() {
    return sent;
  }
}
