package io.meltemi.connector.openstack;

import io.meltemi.connector.Token;
import java.util.Map;
import java.util.Optional;

/**
 * How a token is written into the metadata of servers, images, volumes and snapshots, with the
 * account as proof.
 */
record Tags(String account) {
  private static final String TOKEN = "meltemi-token";
  private static final String ACCOUNT = "meltemi-account";

  Map<String, String> of(Token token) {
    return Map.of(TOKEN, token.value(), ACCOUNT, account);
  }

  /** The token, if this account's broker wrote it. */
  Optional<Token> token(Map<String, String> metadata) {
    return account.equals(metadata.get(ACCOUNT))
        ? Optional.ofNullable(metadata.get(TOKEN)).map(Token::new)
        : Optional.empty();
  }

  /** True for what some broker made, ours or another. */
  static boolean anybodys(Map<String, String> metadata) {
    return metadata.containsKey(TOKEN);
  }

  boolean bears(Map<String, String> metadata, Token token) {
    return token(metadata).filter(token::equals).isPresent();
  }
}
