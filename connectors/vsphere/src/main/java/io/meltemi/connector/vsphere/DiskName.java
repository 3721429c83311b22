package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.util.Optional;

/**
 * What we write into the name of a first-class disk, which has no other place for it before vSphere
 * 7: the order's name, the token, and the beginning of the handle as proof of account and kind.
 *
 * @param wanted the order's name
 */
record DiskName(String wanted, Token token) {
  /** Longest name of a vCenter's object. */
  private static final int LONGEST = 80;

  String written(Handle handle) {
    String mark = ' ' + token.value() + Identity.ending(handle);
    String base = wanted.isBlank() ? "volume" : wanted.strip();
    int room = Math.max(0, LONGEST - mark.length());
    int end =
        base.codePointCount(0, base.length()) <= room
            ? base.length()
            : base.offsetByCodePoints(0, room);
    return base.substring(0, end) + mark;
  }

  /** What the order called a disk that some broker made. */
  static String plain(String name) {
    int gap = name.lastIndexOf(' ');
    return gap < 0 ? name : name.substring(0, gap);
  }

  /** The name of a disk that this account's broker made. */
  static Optional<DiskName> read(String name, Identity identity) {
    int gap = name.lastIndexOf(' ');
    int end = name.lastIndexOf('-');
    if (gap < 0 || end <= gap + 1 || !name.substring(gap + 1, end).matches("[A-Za-z0-9-]{1,64}")) {
      return Optional.empty();
    }
    Token token = new Token(name.substring(gap + 1, end));
    return Identity.bears(name, identity.handle(Identity.Kind.VOLUME, token))
        ? Optional.of(new DiskName(plain(name), token))
        : Optional.empty();
  }
}
