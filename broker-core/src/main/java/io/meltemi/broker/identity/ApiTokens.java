package io.meltemi.broker.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Problem;
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
 * API tokens: bound to one user, one tenant and at most one role, expiring, shown once. The text is
 * {@code mlt_id_secret}; stored is a SHA-256 of the secret, which has 256 random bits.
 */
public final class ApiTokens {
  /** Name of the kind of the tokens' rows. */
  public static final String KIND = "ApiToken";

  static final Duration LONGEST = Duration.ofDays(366);

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public ApiTokens(Clock clock) {
    this.clock = clock;
  }

  /**
   * A new token and the row to be stored for it.
   *
   * @param text what the user keeps; never to be seen again
   */
  public record Issued(Row row, String text) {}

  /**
   * Makes a token that may do no more than its maker; one made with a token lives no longer than
   * that, and ends with it.
   *
   * @param operator wanted for those who run the house; only an operator can give it
   * @throws io.meltemi.model.ProblemException when it would be wider than its maker, or lives too
   *     long
   */
  public Issued issue(
      Caller maker, String name, Caller.Role role, boolean operator, Instant expires) {
    if (role.compareTo(maker.role()) < 0 || (operator && !maker.operator())) {
      throw refused(
          "token.wider",
          "a token may do no more than its maker",
          "role",
          "ask for the role " + maker.role() + " or a lesser one");
    }
    Instant now = clock.instant();
    Instant latest = latest(maker);
    if (!expires.isAfter(now) || expires.isAfter(latest)) {
      throw refused(
          "token.expires",
          "expires must be in the future, within a year, and not after the token that asks",
          "expires",
          "give a time before " + latest);
    }
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    byte[] id = new byte[8];
    random.nextBytes(id);
    String idText = HexFormat.of().formatHex(id);
    String secretText = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putObject("user").put("href", maker.user());
    document.put("role", role.name()).put("operator", operator).put("expires", expires.toString());
    ObjectNode inner = document.putObject("_").put("digest", digest(secretText));
    maker.token().ifPresent(token -> inner.put("maker", token.id()));
    Row row =
        new Row(
            "apiTokens/" + idText,
            maker.tenant(),
            KIND,
            Optional.empty(),
            name,
            "",
            now,
            now,
            1,
            document);
    return new Issued(row, "mlt_" + idText + "_" + secretText);
  }

  /** The latest time at which a token of this maker may expire. */
  public Instant latest(Caller maker) {
    Instant year = clock.instant().plus(LONGEST);
    return maker.token().map(Caller.Token::expires).filter(year::isAfter).orElse(year);
  }

  static Instant expires(Row token) {
    return Instant.parse(token.document().path("expires").asText());
  }

  /** The id of the row that a token's text names; empty when it is no token of ours. */
  static Optional<String> rowOf(String text) {
    return text.matches("mlt_[0-9a-f]{16}_[A-Za-z0-9_-]{43}")
        ? Optional.of("apiTokens/" + text.substring(4, 20))
        : Optional.empty();
  }

  /** True when the text is the row's and its time is not over. */
  boolean valid(String text, Row row) {
    byte[] wanted = row.inner().path("digest").asText().getBytes(UTF_8);
    return MessageDigest.isEqual(wanted, digest(text.substring(21)).getBytes(UTF_8))
        && clock.instant().isBefore(expires(row));
  }

  private static String digest(String secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static RuntimeException refused(
      String code, String message, String field, String remedy) {
    return Problem.of(400, code, message, remedy).at(field).asException();
  }
}
