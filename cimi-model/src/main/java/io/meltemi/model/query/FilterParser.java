package io.meltemi.model.query;

import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.query.Filter.Operator;
import io.meltemi.model.query.Filter.Value;
import io.meltemi.model.schema.Times;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code $filter} (DSP0263 2.0.0, 4.1.6.1; R69 to R72). {@code and} binds tighter. */
public final class FilterParser {
  /** Longest filter, all parameters together. */
  public static final int MOST_CHARACTERS = 4096;

  /** Most comparisons. */
  public static final int MOST_TERMS = 64;

  /** Deepest nesting of brackets. */
  public static final int MOST_LEVELS = 16;

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");

  private final FilterWords words;
  private int terms;

  private FilterParser(FilterWords words, int terms) {
    this.words = words;
    this.terms = terms;
  }

  /**
   * The filter that all parameters make together: each must hold (R71).
   *
   * @param parameters decoded values of {@code $filter}; empty ones say nothing
   * @throws ProblemException 400 with the place of the mistake, or the limit that was passed
   */
  public static Optional<Filter> parse(List<String> parameters) {
    if (parameters.stream().mapToInt(String::length).sum() > MOST_CHARACTERS) {
      throw limit("filter.too-long", MOST_CHARACTERS + " characters");
    }
    Optional<Filter> all = Optional.empty();
    int terms = 0;
    for (String parameter : parameters) {
      if (!parameter.isBlank()) {
        FilterParser parser = new FilterParser(new FilterWords(parameter), terms);
        Filter one = parser.whole();
        all = Optional.of(all.<Filter>map(before -> new Filter.And(before, one)).orElse(one));
        terms = parser.terms;
      }
    }
    return all;
  }

  private Filter whole() {
    Filter filter = either(1);
    if (!words.atEnd()) {
      throw words.wrong("expected and, or, or the end");
    }
    return filter;
  }

  private Filter either(int level) {
    Filter filter = both(level);
    while (words.takesWord("or")) {
      filter = new Filter.Or(filter, both(level));
    }
    return filter;
  }

  private Filter both(int level) {
    Filter filter = term(level);
    while (words.takesWord("and")) {
      filter = new Filter.And(filter, term(level));
    }
    return filter;
  }

  private Filter term(int level) {
    if (words.takes('(')) {
      if (level >= MOST_LEVELS) {
        throw limit("filter.too-deep", MOST_LEVELS + " levels of brackets");
      }
      Filter inner = either(level + 1);
      words.expect(')');
      return inner;
    }
    if (++terms > MOST_TERMS) {
      throw limit("filter.too-many-terms", MOST_TERMS + " comparisons");
    }
    return comparison();
  }

  private Filter comparison() {
    if (words.takesWord("property")) {
      return property();
    }
    if (startsValue()) {
      Value value = value();
      Operator mirrored = mirror(words.operator());
      return words.takesWord("property")
          ? propertyOf(mirrored, value)
          : compare(words.name(), mirrored, value);
    }
    String attribute = words.name();
    Operator operator = words.operator();
    return compare(attribute, operator, value());
  }

  private Filter property() {
    if (words.peek() != '[') {
      return compare("property", words.operator(), value());
    }
    String key = key();
    return equality(key, words.operator(), words.quoted());
  }

  private Filter propertyOf(Operator operator, Value value) {
    if (!(value instanceof Value.Text text)) {
      throw words.wrong("a property is compared with a quoted text");
    }
    return equality(key(), operator, text.text());
  }

  private String key() {
    words.expect('[');
    String key = words.quoted();
    words.expect(']');
    return key;
  }

  private Filter equality(String key, Operator operator, String text) {
    if (orders(operator)) {
      throw words.wrong("texts know = and != only");
    }
    return new Filter.Property(key, operator, text);
  }

  private Filter compare(String attribute, Operator operator, Value value) {
    if (orders(operator) && value instanceof Value.Text text) {
      return new Filter.Comparison(attribute, operator, moment(text.text()));
    }
    if (orders(operator) && value instanceof Value.Flag) {
      throw words.wrong("true and false know = and != only");
    }
    return new Filter.Comparison(attribute, operator, value);
  }

  /** A quoted text that is compared by order can only be a date. */
  private Value moment(String text) {
    try {
      return new Value.Moment(Times.instant(text));
    } catch (DateTimeException e) {
      throw words.wrong("texts know = and != only");
    }
  }

  private boolean startsValue() {
    char c = words.peek();
    return c == '\'' || c == '"' || c == '-' || Character.isDigit(c) || isFlagNext();
  }

  private boolean isFlagNext() {
    return words.peekWord("true") || words.peekWord("false");
  }

  private Value value() {
    char c = words.peek();
    if (c == '\'' || c == '"') {
      return new Value.Text(words.quoted());
    }
    if (words.takesWord("true")) {
      return new Value.Flag(true);
    }
    if (words.takesWord("false")) {
      return new Value.Flag(false);
    }
    return numberOrDate();
  }

  private Value numberOrDate() {
    String word = words.bare();
    if (INTEGER.matcher(word).matches()) {
      return new Value.Number(Long.parseLong(word));
    }
    if (DIGITS.matcher(word).matches()) {
      throw words.wrong("a number has at most 18 digits");
    }
    try {
      return new Value.Moment(Times.instant(word));
    } catch (DateTimeException e) {
      throw words.wrong("expected a number, a date, true, false or a quoted text");
    }
  }

  private static boolean orders(Operator operator) {
    return operator != Operator.EQUAL && operator != Operator.DIFFERENT;
  }

  /** The operator when the sides are exchanged. */
  private static Operator mirror(Operator operator) {
    return switch (operator) {
      case EQUAL, DIFFERENT -> operator;
      case LESS -> Operator.GREATER;
      case LESS_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
      case GREATER -> Operator.LESS;
      case GREATER_OR_EQUAL -> Operator.LESS_OR_EQUAL;
    };
  }

  private static ProblemException limit(String code, String limit) {
    return Problem.of(
            400, code, "the filter is larger than " + limit, "divide it, or filter at your side")
        .at("$filter")
        .asException();
  }
}
