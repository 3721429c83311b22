package io.meltemi.model.wire;

/**
 * Which characters texts carry: those of XML 1.0, less DEL and the control characters above it,
 * which a terminal may obey.
 */
final class XmlText {
  private static final char REPLACEMENT = '\uFFFD';

  private XmlText() {}

  static boolean isLegal(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 ? !isBlank(c) : c >= 0x7F && !legalFromDelete(text, i)) {
        return false;
      }
    }
    return true;
  }

  /** The text with a replacement character for each that is not carried. */
  static String replaced(String text) {
    StringBuilder legal = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean good = c < 0x20 ? isBlank(c) : c < 0x7F || legalFromDelete(text, i);
      legal.append(good ? c : REPLACEMENT);
    }
    return legal.toString();
  }

  private static boolean isBlank(char c) {
    return c == '\t' || c == '\n' || c == '\r';
  }

  private static boolean legalFromDelete(String text, int at) {
    char c = text.charAt(at);
    return c > 0x9F && (c < 0xD800 || legalAbove(text, at));
  }

  /** For JSON, which escapes what lies below: the rest that is not carried is replaced. */
  static String inert(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x7F && c <= 0x9F) return text.replaceAll("[\\x7F-\\x9F]", "\uFFFD");
    }
    return text;
  }

  private static boolean legalAbove(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    return c < 0xFFFE;
  }
}
