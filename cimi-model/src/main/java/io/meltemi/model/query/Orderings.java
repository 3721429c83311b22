package io.meltemi.model.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.schema.Times;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads {@code $orderby} and puts values in order (R78). */
public final class Orderings {
  private static final int MOST_TERMS = 8;

  private Orderings() {}

  /**
   * The terms of all parameters, in order.
   *
   * @throws ProblemException 400 for a direction other than asc and desc, or more than eight terms
   */
  public static List<Ordering> parse(List<String> parameters) {
    List<Ordering> terms = new ArrayList<>();
    for (String parameter : parameters) {
      for (String term : parameter.split(",")) {
        if (!term.isBlank()) {
          terms.add(term(term.strip()));
        }
      }
    }
    if (terms.size() > MOST_TERMS) {
      throw wrong("orderby.too-many-terms", "it has more than " + MOST_TERMS + " terms");
    }
    return List.copyOf(terms);
  }

  private static Ordering term(String term) {
    int colon = term.indexOf(':');
    String direction = colon < 0 ? "asc" : term.substring(colon + 1).strip();
    String name = colon < 0 ? term : term.substring(0, colon).strip();
    return switch (direction.toLowerCase(Locale.ROOT)) {
      case "asc" -> new Ordering(name, false);
      case "desc" -> new Ordering(name, true);
      default -> throw wrong("orderby.syntax", term + " has a direction other than asc and desc");
    };
  }

  private static ProblemException wrong(String code, String why) {
    return Problem.of(
            400, code, "$orderby cannot be read: " + why, "write it like: name:desc,created")
        .at("$orderby")
        .asException();
  }

  /**
   * Compares by the terms, first by the first. Values that are absent come first.
   *
   * @param value an item's attribute; a missing node when it has none
   */
  public static <T> Comparator<T> comparator(
      List<Ordering> terms, BiFunction<T, String, JsonNode> value) {
    Comparator<T> order = (left, right) -> 0;
    for (Ordering term : terms) {
      Comparator<T> next =
          (left, right) ->
              compare(value.apply(left, term.attribute()), value.apply(right, term.attribute()));
      order = order.thenComparing(term.descending() ? next.reversed() : next);
    }
    return order;
  }

  /**
   * False before true, smaller before larger, earlier before later, shorter before longer, texts in
   * binary order after NFKD. Times and durations are known by their form.
   */
  public static int compare(JsonNode left, JsonNode right) {
    int rank = Integer.compare(rank(left), rank(right));
    if (rank != 0 || rank(left) == 0) {
      return rank;
    }
    if (left.isNumber()) {
      return left.decimalValue().compareTo(right.decimalValue());
    }
    return left.isBoolean()
        ? Boolean.compare(left.booleanValue(), right.booleanValue())
        : compare(left.textValue(), right.textValue());
  }

  private static int rank(JsonNode node) {
    if (node.isBoolean()) {
      return 1;
    }
    if (node.isNumber()) {
      return 2;
    }
    return node.isTextual() ? 3 : 0;
  }

  private static int compare(String left, String right) {
    Optional<BigDecimal> one = amount(left);
    Optional<BigDecimal> other = amount(right);
    return one.isPresent() && other.isPresent()
        ? one.get().compareTo(other.get())
        : binary(normal(left), normal(right));
  }

  /** Seconds since 1970, or of a duration; empty for texts that are neither. */
  private static Optional<BigDecimal> amount(String text) {
    try {
      if (text.length() >= 19 && text.charAt(10) == 'T') {
        Instant time = Times.instant(text);
        return Optional.of(seconds(time.getEpochSecond(), time.getNano()));
      }
      if (text.startsWith("PT") || text.matches("P[0-9].*")) {
        Duration span = Duration.parse(text);
        return Optional.of(seconds(span.getSeconds(), span.getNano()));
      }
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static BigDecimal seconds(long seconds, int nanos) {
    return BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9));
  }

  /** The form in which texts are put in order. */
  public static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD);
  }

  /** By code point, which is the order of the UTF-8 bytes. */
  private static int binary(String left, String right) {
    int i = 0;
    int most = Math.min(left.length(), right.length());
    while (i < most && left.charAt(i) == right.charAt(i)) {
      i++;
    }
    if (i == most) {
      return Integer.compare(left.length(), right.length());
    }
    char one = left.charAt(i);
    char other = right.charAt(i);
    boolean surrogates = Character.isSurrogate(one) != Character.isSurrogate(other);
    return surrogates
        ? Boolean.compare(Character.isSurrogate(one), Character.isSurrogate(other))
        : Character.compare(one, other);
  }
}
