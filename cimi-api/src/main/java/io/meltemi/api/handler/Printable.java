package io.meltemi.api.handler;

/** What a client sent, made fit for a log line or a sentence. */
final class Printable {
  private static final int MOST = 200;

  private Printable() {}

  static String of(String text) {
    String head = text.length() > MOST ? text.substring(0, MOST) + "…" : text;
    StringBuilder clean = new StringBuilder(head.length());
    head.codePoints()
        .forEach(letter -> clean.appendCodePoint(Character.isISOControl(letter) ? '?' : letter));
    return clean.toString();
  }
}
