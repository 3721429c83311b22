package io.meltemi.connector;

import java.util.List;

/**
 * Something at a provider that bears one of our tokens.
 *
 * @param token the token written on it
 */
public record Marked(Handle handle, Token token) {
  /** Those of them that bear exactly this token. */
  public static List<Handle> bearing(Token token, List<Marked> all) {
    return all.stream().filter(one -> one.token().equals(token)).map(Marked::handle).toList();
  }
}
