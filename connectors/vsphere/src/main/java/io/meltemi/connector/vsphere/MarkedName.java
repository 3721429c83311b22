package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.util.Locale;
import java.util.Optional;

/**
 * What we write into the names of first-class disks, which have no other place for it before
 * vSphere 7, and of port groups: the order's name, the token, and the beginning of the handle as
 * proof of account and kind.
 *
 * @param wanted the order's name
 */
record MarkedName(String wanted, Token token) {
  /** Longest name of a vCenter's object. */
  private static final int LONGEST = 80;

  String written(Identity identity, Identity.Kind kind) {
    String mark = ' ' + token.value() + Identity.ending(identity.handle(kind, token));
    String base = wanted.isBlank() ? kind.name().toLowerCase(Locale.ROOT) : wanted.strip();
    int room = Math.max(0, LONGEST - mark.length());
    int end =
        base.codePointCount(0, base.length()) <= room
            ? base.length()
            : base.offsetByCodePoints(0, room);
    return base.substring(0, end) + mark;
  }

  /** What the order called a thing that some broker made. */
  static String plain(String name) {
    int gap = name.lastIndexOf(' ');
    return gap < 0 ? name : name.substring(0, gap);
  }

  /** The name of a thing of that kind which this account's broker made. */
  static Optional<MarkedName> read(String name, Identity identity, Identity.Kind kind) {
    int gap = name.lastIndexOf(' ');
    int end = name.lastIndexOf('-');
    if (gap < 0 || end <= gap + 1 || !name.substring(gap + 1, end).matches("[A-Za-z0-9-]{1,64}")) {
      return Optional.empty();
    }
    Token token = new Token(name.substring(gap + 1, end));
    Handle handle = identity.handle(kind, token);
    return Identity.bears(name, handle)
        ? Optional.of(new MarkedName(plain(name), token))
        : Optional.empty();
  }
}
