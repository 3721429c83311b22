package io.meltemi.connector.node;

import java.util.List;

/** Bounds on what the other end of the protocol may say. Each failure names the field. */
final class Limits {
  static final int NAME = 256;
  static final int ID = 80;
  static final int REASON = 1000;

  /** Bytes of user data after decoding; what fits into a request body of the broker's door. */
  static final int USER_DATA = 128 * 1024;

  private Limits() {}

  static String id(String field, String value) {
    require(
        value.matches("[A-Za-z0-9-]{1," + ID + "}"),
        field,
        "1 to " + ID + " letters, digits, hyphens");
    return value;
  }

  static String idOrNone(String field, String value) {
    return value.isEmpty() ? value : id(field, value);
  }

  static String cidrOrNone(String field, String value) {
    require(
        value.isEmpty() || value.matches("[0-9a-fA-F.:]{2,45}/[0-9]{1,3}"),
        field,
        "a range of addresses, or nothing");
    return value;
  }

  static String text(String field, String value, int most) {
    require(value.length() <= most, field, "at most " + most + " characters");
    require(value.indexOf('\0') < 0, field, "no NUL");
    return value;
  }

  /** One line without control characters, so that it cannot forge a log line or a setting. */
  static String line(String field, String value, int most) {
    text(field, value, most);
    require(value.chars().noneMatch(Character::isISOControl), field, "one line");
    return value;
  }

  static long range(String field, long value, long least, long most) {
    require(value >= least && value <= most, field, least + " to " + most);
    return value;
  }

  static <T> List<T> items(String field, List<T> value, int most) {
    require(value.size() <= most, field, "at most " + most + " items");
    return List.copyOf(value);
  }

  private static void require(boolean holds, String field, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(field + " must have " + rule);
    }
  }
}
