package io.meltemi.api.handler;

import java.util.List;
import java.util.regex.Pattern;

/** The version header of CIMI 1.x (R7). */
final class Versions {
  static final String HEADER = "CIMI-Specification-Version";
  static final String USED = "1.1.0";
  private static final Pattern SPOKEN = Pattern.compile("1(\\.[01](\\.\\d{1,3})?)?");

  private Versions() {}

  /**
   * The version to answer with.
   *
   * @param wanted values of the header, each a list in the order of preference
   */
  static String chosen(List<String> wanted) {
    List<String> names =
        wanted.stream()
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.isEmpty()) return USED;
    return names.stream()
        .filter(name -> SPOKEN.matcher(name).matches())
        .findFirst()
        .map(Versions::whole)
        .orElseThrow(() -> Refuse.version(String.join(", ", names)));
  }

  private static String whole(String name) {
    return switch (name) {
      case "1", "1.1" -> USED;
      case "1.0" -> "1.0.1";
      default -> name;
    };
  }
}
