package io.meltemi.connector.scripted;

import io.meltemi.connector.Token;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a token is written on what the broker makes: together with the account, as its proof. */
record Tags(String account) {
  private static final String TOKEN = "meltemi-token";
  private static final String ACCOUNT = "meltemi-account";

  Map<String, String> of(Token token) {
    return Map.of(TOKEN, token.value(), ACCOUNT, account);
  }

  /** The token, if it was written by this account's broker. */
  Optional<Token> token(Map<String, String> tags) {
    return account.equals(tags.get(ACCOUNT))
        ? Optional.ofNullable(tags.get(TOKEN)).map(Token::new)
        : Optional.empty();
  }

  /** True for what some broker made, ours or another. */
  static boolean anybodys(Map<String, String> tags) {
    return tags.containsKey(TOKEN);
  }

  /** What others wrote. */
  static Map<String, String> others(Map<String, String> tags) {
    Map<String, String> others = new HashMap<>(tags);
    others.keySet().removeAll(Set.of(TOKEN, ACCOUNT));
    return others;
  }

  boolean bears(Map<String, String> tags, Token token) {
    return token(tags).filter(token::equals).isPresent();
  }
}
