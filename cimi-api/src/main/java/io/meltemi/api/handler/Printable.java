package io.meltemi.api.handler;

/** What a client sent, made fit for a log line or a sentence. */
final class Printable {
  private static final int MOST = 200;

  /** The picture of the first control character in Unicode's block of such pictures. */
  private static final int PICTURES = 0x2400;

  private Printable() {}

  /**
   * Foreign text with its lines and without what a terminal would obey: control characters become
   * their pictures, a carriage return cannot hide what stands before it, nothing turns the
   * direction of reading.
   */
  static String inert(String text) {
    StringBuilder inert = new StringBuilder(text.length());
    text.replace("\r\n", "\n").codePoints().forEach(letter -> inert.appendCodePoint(inert(letter)));
    return inert.toString();
  }

  private static int inert(int letter) {
    if (letter == '\n' || letter == '\t') return letter;
    if (letter == '\r') return '\n';
    if (letter < 0x20) return PICTURES + letter;
    if (letter == 0x7F) return PICTURES + 0x21;
    boolean turns =
        (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069);
    return turns || Character.isISOControl(letter) ? 0xFFFD : letter;
  }

  static String of(String text) {
    String head = text.length() > MOST ? text.substring(0, MOST) + "…" : text;
    StringBuilder clean = new StringBuilder(head.length());
    head.codePoints()
        .forEach(letter -> clean.appendCodePoint(Character.isISOControl(letter) ? '?' : letter));
    return clean.toString();
  }
}
