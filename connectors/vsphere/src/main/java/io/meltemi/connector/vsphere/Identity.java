package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How a vCenter knows our objects: by an instance UUID that is made of account, kind and token. It
 * can be asked for before the machine exists; a vCenter gives a copy that somebody makes of the
 * machine another one, so a copy is not ours although it inherits the token.
 */
record Identity(String account) {
  /** Longest name of a vCenter's object. */
  private static final int LONGEST = 80;

  private static final int MARK = 12;

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** What a token may stand on. */
  enum Kind {
    MACHINE,
    IMAGE,
    VOLUME,
    SNAPSHOT,
    DISK_SNAPSHOT,
    NETWORK
  }

  Handle handle(Kind kind, Token token) {
    return new Handle(uuid(kind.name() + '/' + account + '/' + token.value()).toString());
  }

  /** True when it may be the handle of a machine or image: a vCenter knows them by UUID. */
  static boolean wellFormed(Handle handle) {
    return UUID_TEXT.matcher(handle.value()).matches();
  }

  /** Version 8 of RFC 9562: 122 bits of a digest. */
  private static UUID uuid(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bits = ByteBuffer.wrap(digest);
      long high = (bits.getLong() & ~0xF000L) | 0x8000L;
      long low = (bits.getLong() & ~(3L << 62)) | (1L << 63);
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Name of a new object. It ends in the beginning of its UUID: names are unique in a folder and
   * orders' names are not, a second attempt of the same token is refused by the vCenter itself, and
   * while it is being cloned its name is all that is shown of it.
   */
  static String name(String wanted, Handle handle) {
    String base = wanted.isBlank() ? "machine" : wanted.strip();
    int room = LONGEST - MARK - 1;
    int end =
        base.codePointCount(0, base.length()) <= room
            ? base.length()
            : base.offsetByCodePoints(0, room);
    return base.substring(0, end) + ending(handle);
  }

  /** The name without its ending; a name that people gave stays as it is. */
  static String plain(String name, Handle handle) {
    String shown = unescaped(name);
    return bears(shown, handle)
        ? shown.substring(0, shown.length() - ending(handle).length())
        : shown;
  }

  /** True when the object was named for this handle. */
  static boolean bears(String name, Handle handle) {
    return name.endsWith(ending(handle));
  }

  static String ending(Handle handle) {
    return '-' + handle.value().replace("-", "").substring(0, MARK);
  }

  /** A vCenter shows three characters of names by their codes. */
  static String unescaped(String name) {
    return name.replaceAll("(?i)%2f", "/").replaceAll("(?i)%5c", "\\\\").replace("%25", "%");
  }
}
