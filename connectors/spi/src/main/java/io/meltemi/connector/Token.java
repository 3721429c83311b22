package io.meltemi.connector;

/**
 * Names one intention of ours, written on everything that is created for it, so that a lost answer
 * is found again. An attempt at the next offer bears a sub-token of the first.
 *
 * @param value letters, digits and hyphens, at most 64
 */
public record Token(String value) {
  public Token {
    if (!value.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "a token has 1 to 64 letters, digits and hyphens, was " + value);
    }
  }

  /** The token of the attempt number {@code attempt}, counted from 0; 0 is the token itself. */
  public Token attempt(int attempt) {
    return attempt == 0 ? this : new Token(value + "-" + attempt);
  }
}
