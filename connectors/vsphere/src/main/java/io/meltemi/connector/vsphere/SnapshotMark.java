package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How snapshots of machines and of volumes are known: their descriptions say whose they are, and
 * their handles name what they are of and the token, and so where to look.
 */
record SnapshotMark(Identity identity) {
  private static final Pattern MARK =
      Pattern.compile(
          "(?:.* )?meltemi\\.token=([A-Za-z0-9-]{1,64}) meltemi\\.account=(.*)", Pattern.DOTALL);

  static Handle handle(Handle subject, Token token) {
    return new Handle(subject.value() + "/" + token.value());
  }

  /** The machine or volume that a snapshot is of. */
  static Handle subject(Handle snapshot) {
    return new Handle(snapshot.value().split("/", 2)[0]);
  }

  /** Of what has no name of its own. */
  String description(String name, Token token) {
    return name + ' ' + description(token);
  }

  String description(Token token) {
    return "meltemi.token=" + token.value() + " meltemi.account=" + identity.account();
  }

  /** Whose mark it is, if it is one. */
  static Optional<String> account(String description) {
    Matcher mark = MARK.matcher(description);
    return mark.matches() ? Optional.of(mark.group(2)) : Optional.empty();
  }

  /** The token of a snapshot that this account's broker took. */
  Optional<Token> token(String description) {
    Matcher mark = MARK.matcher(description);
    return mark.matches() && mark.group(2).equals(identity.account())
        ? Optional.of(new Token(mark.group(1)))
        : Optional.empty();
  }
}
