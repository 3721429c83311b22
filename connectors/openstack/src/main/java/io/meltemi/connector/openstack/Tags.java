package io.meltemi.connector.openstack;

import io.meltemi.connector.Token;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a token is written into the metadata of servers, images, volumes and snapshots, and into the
 * description of networks and floating addresses, with the account as proof.
 */
record Tags(String account, Clock clock) {
  /** How all that we write there begins. */
  private static final String OURS = "meltemi-";

  private static final String TOKEN = OURS + "token";
  private static final String ACCOUNT = OURS + "account";
  private static final String ASKED = OURS + "asked";

  /** So late may a call be carried out, or so far apart be the clocks of provider and broker. */
  private static final Duration LATEST = Duration.ofMinutes(20);

  Map<String, String> of(Token token) {
    return Map.of(TOKEN, token.value(), ACCOUNT, account);
  }

  /** The same with the time, for what people make copies of that bear its metadata. */
  Map<String, String> dated(Token token) {
    Map<String, String> metadata = new HashMap<>(of(token));
    metadata.put(ASKED, clock.instant().toString());
    return metadata;
  }

  /** The token, if this account's broker wrote it. */
  Optional<Token> token(Map<String, String> metadata) {
    return account.equals(metadata.get(ACCOUNT))
        ? Optional.ofNullable(metadata.get(TOKEN)).map(Token::new)
        : Optional.empty();
  }

  /**
   * The token of what was made when it was asked for: a copy is made later.
   *
   * @param made when, as the provider says; empty proves nothing
   */
  Optional<Token> token(Map<String, String> metadata, Optional<Instant> made) {
    Optional<Instant> asked = instant(metadata.get(ASKED));
    boolean then =
        asked.isPresent()
            && made.isPresent()
            && Duration.between(asked.get(), made.get()).abs().compareTo(LATEST) <= 0;
    return then ? token(metadata) : Optional.empty();
  }

  /** Of a time in ISO 8601; where it names no zone, it is UTC, as cinder has it. */
  static Optional<Instant> instant(@Nullable String text) {
    if (text == null) return Optional.empty();
    try {
      return Optional.of(Instant.parse(text.endsWith("Z") ? text : text + "Z"));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** True for what some broker made, ours or another. */
  static boolean anybodys(Map<String, String> metadata) {
    return metadata.containsKey(TOKEN);
  }

  /** What others wrote into metadata. */
  static Map<String, String> others(Map<String, String> metadata) {
    Map<String, String> others = new HashMap<>(metadata);
    others.keySet().removeIf(key -> key.startsWith(OURS));
    return others;
  }

  /** The same in words, for what has a description and no metadata. */
  String words(Token token) {
    return TOKEN + "=" + token.value() + " " + ACCOUNT + "=" + account;
  }

  /** What such words say; nothing for a description of somebody else. */
  static Map<String, String> read(@Nullable String description) {
    Map<String, String> said = new HashMap<>();
    if (description == null) return said;
    for (String word : description.split(" ")) {
      int equals = word.indexOf('=');
      if (equals > 0) said.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return said;
  }

  boolean bears(Map<String, String> metadata, Token token) {
    return token(metadata).filter(token::equals).isPresent();
  }
}
