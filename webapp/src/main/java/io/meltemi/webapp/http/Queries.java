package io.meltemi.webapp.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds what is no proper query, and says which parameter is meant (RFC 3986, section 2.1). */
final class Queries {
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
  private static final int LONGEST_NAME = 60;

  private Queries() {}

  /**
   * @param raw as it came, without the question mark
   */
  static Optional<Refusal> wrong(String raw) {
    if (raw.isEmpty()) return Optional.empty();
    return Stream.of(raw.split("&")).flatMap(part -> wrongPart(part).stream()).findFirst();
  }

  private static Optional<Refusal> wrongPart(String part) {
    if (BROKEN_ESCAPE.matcher(part).find()) {
      return Optional.of(
          refusal(
              "a % that two hexadecimal digits do not follow",
              "Write a % that is meant as %25, and two hexadecimal digits after every other.",
              part));
    }
    if (stands(part)) return Optional.empty();
    return Optional.of(
        refusal(
            "a character that stands in no URI",
            "Write it as % and two hexadecimal digits for each of its bytes in UTF-8.",
            part));
  }

  private static boolean stands(String part) {
    try {
      return new URI("/?" + part).toASCIIString().equals("/?" + part);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Refusal refusal(String what, String remedy, String part) {
    String name = part.substring(0, (part + "=").indexOf('='));
    boolean plain = name.matches("[$A-Za-z0-9._-]+") && name.length() <= LONGEST_NAME;
    String field = plain ? name : "query";
    return new Refusal(400, "In the query, " + field + " holds " + what + ".", remedy, field);
  }
}
