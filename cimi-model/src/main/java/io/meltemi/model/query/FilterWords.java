package io.meltemi.model.query;

import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.query.Filter.Operator;
import java.util.Locale;
import java.util.Map;

/** Cuts a filter into words: names, values, operators, brackets. */
final class FilterWords {
  private static final Map<String, Operator> OPERATORS =
      Map.of(
          "=", Operator.EQUAL,
          "!=", Operator.DIFFERENT,
          "<", Operator.LESS,
          "<=", Operator.LESS_OR_EQUAL,
          ">", Operator.GREATER,
          ">=", Operator.GREATER_OR_EQUAL);

  private final String text;
  private int at;

  FilterWords(String text) {
    this.text = text;
  }

  boolean atEnd() {
    skipBlanks();
    return at == text.length();
  }

  /** The next character that is no blank; a blank at the end. */
  char peek() {
    return atEnd() ? ' ' : text.charAt(at);
  }

  /** Steps over a character when it comes next. */
  boolean takes(char c) {
    if (atEnd() || text.charAt(at) != c) {
      return false;
    }
    at++;
    return true;
  }

  void expect(char c) {
    if (!takes(c)) {
      throw wrong("expected " + c);
    }
  }

  /** Steps over a word when it comes next; capitals do not count. */
  boolean takesWord(String word) {
    boolean there = peekWord(word);
    if (there) {
      at += word.length();
    }
    return there;
  }

  boolean peekWord(String word) {
    skipBlanks();
    int end = at + word.length();
    return end <= text.length()
        && text.substring(at, end).toLowerCase(Locale.ROOT).equals(word)
        && (end == text.length() || !isNamePart(text.charAt(end)));
  }

  Operator operator() {
    skipBlanks();
    for (int length = 2; length > 0; length--) {
      int end = at + length;
      Operator found = end <= text.length() ? OPERATORS.get(text.substring(at, end)) : null;
      if (found != null) {
        at = end;
        return found;
      }
    }
    throw wrong("expected one of = != < <= > >=");
  }

  String name() {
    int start = skipBlanks();
    if (at == text.length() || !isNameStart(text.charAt(at))) {
      throw wrong("expected an attribute or a value");
    }
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** What stands between blanks, brackets and operators: a number or a date. */
  String bare() {
    int start = skipBlanks();
    while (at < text.length() && "<>=!() \t'\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /** A quoted text; a backslash takes the next character as it is. */
  String quoted() {
    char quote = peek();
    if (quote != '\'' && quote != '"') {
      throw wrong("expected a quoted text");
    }
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length() && text.charAt(at) != quote; at++) {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
    }
    if (at == text.length()) {
      throw wrong("the quote " + quote + " is not closed");
    }
    at++;
    return value.toString();
  }

  ProblemException wrong(String why) {
    String shown = text.length() <= 80 ? text : text.substring(0, 80) + "…";
    return Problem.of(
            400,
            "filter.syntax",
            "the filter " + shown + " cannot be read at character " + (at + 1) + ": " + why,
            "write it like: state='STARTED' and (cpu>=2 or property['tier']='front')")
        .at("$filter")
        .asException();
  }

  private int skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || (c >= '0' && c <= '9');
  }
}
