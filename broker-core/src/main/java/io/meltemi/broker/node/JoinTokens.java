package io.meltemi.broker.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Tokens with which a node joins, each good for one node and for a while. Stored is a SHA-256 of
 * the token, which has 256 random bits.
 */
public final class JoinTokens {
  /** Name of the kind of their rows. */
  public static final String KIND = "JoinToken";

  private final Store store;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public JoinTokens(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A new token and the row to be stored for it.
   *
   * @param token what the node is given; never to be seen again
   */
  public record Made(Row row, String token) {}

  /**
   * @param name for whoever looks at the list
   */
  public Made make(String name, Instant expires) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String token = "mlj_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    Instant now = clock.instant();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("expires", expires.toString());
    Row row =
        new Row(path(token), Row.HOUSE, KIND, Optional.empty(), name, "", now, now, 1, document);
    return new Made(row, token);
  }

  /** A new token, stored; never to be seen again. */
  public String issue(Duration life) {
    Made made = make("", clock.instant().plus(life));
    store.write(Store.EVERYBODY, transaction -> transaction.insert(made.row()));
    return made.token();
  }

  /** Uses a token up; false when it is unknown, used or over. */
  boolean use(Transaction transaction, String token) {
    Optional<Row> row = transaction.find(path(token));
    row.ifPresent(transaction::delete);
    return row.map(found -> Instant.parse(found.document().path("expires").asText()))
        .filter(until -> until.isAfter(clock.instant()))
        .isPresent();
  }

  private static String path(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return "joinTokens/" + HexFormat.of().formatHex(digest.digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
