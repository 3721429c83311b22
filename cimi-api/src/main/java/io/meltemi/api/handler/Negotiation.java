package io.meltemi.api.handler;

import io.meltemi.model.wire.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Which of the two forms a document comes or goes in (R2 to R6). */
final class Negotiation {
  private Negotiation() {}

  /** The form of a request's body; empty for any that is not ours, or not UTF-8. */
  static Optional<Format> ofBody(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    for (int part = 1; part < parts.length; part++) {
      String parameter = parts[part].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return Optional.empty();
      }
    }
    return named(parts[0].strip());
  }

  /**
   * What the client wants (R4, R5): {@code $format} rules over {@code Accept}, of equal wishes JSON
   * wins, and no wish is JSON.
   */
  static Optional<Format> wanted(Optional<String> parameter, List<String> accept) {
    Optional<Format> asked = parameter.flatMap(Negotiation::parameter);
    if (asked.isPresent()) return asked;
    if (accept.isEmpty()) return Optional.of(Format.JSON);
    if (accept.size() == 1) { // what programs send needs no weighing
      Optional<Format> plain = named(accept.getFirst());
      if (plain.isPresent()) return plain;
    }
    List<String> ranges =
        accept.stream()
            .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",", -1)))
            .toList();
    double json = weight(ranges, Format.JSON);
    double xml = weight(ranges, Format.XML);
    if (json == 0 && xml == 0) return Optional.empty();
    return Optional.of(xml > json ? Format.XML : Format.JSON);
  }

  /** The most specific range that covers a type tells its weight; 0 when none does. */
  private static double weight(List<String> ranges, Format format) {
    for (String covering : List.of(format.mediaType(), "application/*", "*/*")) {
      OptionalDouble weight =
          ranges.stream()
              .filter(range -> range.split(";", 2)[0].strip().equals(covering))
              .mapToDouble(Negotiation::weight)
              .max();
      if (weight.isPresent()) return weight.getAsDouble();
    }
    return 0;
  }

  /** The type of an answer, with its encoding where that is not fixed. */
  static String contentType(Format format) {
    return format == Format.JSON ? format.mediaType() : format.mediaType() + ";charset=UTF-8";
  }

  private static double weight(String range) {
    for (String part : range.split(";", -1)) {
      String parameter = part.strip();
      if (!parameter.startsWith("q=")) continue;
      try {
        return Math.clamp(Double.parseDouble(parameter.substring(2)), 0, 1);
      } catch (NumberFormatException e) {
        return 0;
      }
    }
    return 1;
  }

  private static Optional<Format> parameter(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "json" -> Optional.of(Format.JSON);
      case "xml" -> Optional.of(Format.XML);
      default -> Optional.empty();
    };
  }

  private static Optional<Format> named(String name) {
    return switch (name) {
      case "application/json" -> Optional.of(Format.JSON);
      case "application/xml" -> Optional.of(Format.XML);
      default -> Optional.empty();
    };
  }
}
