package io.meltemi.ovf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The 512 bytes before each file of a tar archive, in the USTAR format (POSIX 1003.1-1988). */
final class TarHeader {
  private static final int NAME = 100;
  private static final int MODE = 100;
  private static final int OWNER = 108;
  private static final int GROUP = 116;
  private static final int SIZE = 124;
  private static final int TIME = 136;
  private static final int SUM = 148;
  private static final int KIND = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final long MOST_OCTAL = (1L << 33) - 1;

  private TarHeader() {}

  static byte[] of(String name, long size) {
    if (size > MOST_OCTAL) throw new IllegalArgumentException("a file of a tar has at most 8 GiB");
    byte[] header = new byte[512];
    text(header, 0, name);
    text(header, MODE, "0000644");
    text(header, OWNER, "0000000");
    text(header, GROUP, "0000000");
    text(header, SIZE, "%011o".formatted(size));
    text(header, TIME, "%011o".formatted(0));
    header[KIND] = '0';
    text(header, MAGIC, "ustar");
    text(header, MAGIC + 6, "00");
    text(header, SUM, "%06o".formatted(sum(header)));
    header[SUM + 7] = ' ';
    return header;
  }

  private static void text(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  static String name(byte[] header) {
    String prefix = text(header, PREFIX, 155);
    String name = text(header, 0, NAME);
    boolean ustar = text(header, MAGIC, 5).equals("ustar");
    return ustar && !prefix.isEmpty() && !gnu(header) ? prefix + "/" + name : name;
  }

  /** GNU writes other things where the prefix stands. */
  private static boolean gnu(byte[] header) {
    return header[MAGIC + 5] == ' ';
  }

  private static String text(byte[] header, int at, int most) {
    int end = at;
    while (end < at + most && header[end] != 0) end++;
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  static boolean plainFile(byte[] header) {
    return header[KIND] == '0' || header[KIND] == 0;
  }

  /** Octal, or binary with the first bit set as GNU writes what is larger; -1 when neither. */
  static long size(byte[] header) {
    if ((header[SIZE] & 0x80) != 0) return binary(Arrays.copyOfRange(header, SIZE, TIME));
    return octal(text(header, SIZE, 12));
  }

  private static long binary(byte[] bytes) {
    long value = bytes[0] & 0x7f;
    for (int i = 1; i < bytes.length; i++) {
      if (value > Long.MAX_VALUE >> 8) return -1;
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }

  private static long octal(String text) {
    String digits = text.strip();
    return digits.matches("[0-7]{1,12}") ? Long.parseLong(digits, 8) : -1;
  }

  static boolean sumHolds(byte[] header) {
    return octal(text(header, SUM, 8)) == sum(header);
  }

  /** Of all bytes, those of the sum itself counted as spaces. */
  private static long sum(byte[] header) {
    long sum = 0;
    for (int i = 0; i < header.length; i++) {
      sum += i >= SUM && i < SUM + 8 ? ' ' : header[i] & 0xff;
    }
    return sum;
  }
}
