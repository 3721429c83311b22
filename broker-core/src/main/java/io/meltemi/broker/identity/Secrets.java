package io.meltemi.broker.identity;

/**
 * Keeps secrets unreadable in the store: encrypted with a key that is never stored beside them.
 * Each sealed text names its purpose, so that one sealed for an account cannot be opened as
 * another's.
 */
public interface Secrets {
  /**
   * @param purpose what the secret is for, for instance the id of the row that holds it
   */
  String seal(String purpose, String plain);

  /**
   * @throws IllegalStateException when the text was sealed with an unknown key, for another
   *     purpose, or was changed
   */
  String open(String purpose, String sealed);
}
