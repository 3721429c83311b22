package io.meltemi.webapp.settings;

import io.meltemi.connector.outgoing.Range;
import io.meltemi.placement.RuleSet;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Texts to values. Each failure says what the setting wants. */
final class Parsers {
  private Parsers() {}

  static String text(String text) {
    return text;
  }

  static Optional<String> optionalText(String text) {
    return Optional.of(text).filter(given -> !given.isBlank());
  }

  static String level(String text) {
    String level = text.strip().toLowerCase(Locale.ROOT);
    if (List.of("error", "warn", "info", "debug", "trace").contains(level)) return level;
    throw new IllegalArgumentException("wants error, warn, info, debug or trace");
  }

  static int port(String text) {
    return number(text, 0, 65_535);
  }

  static int count(String text) {
    return number(text, 1, 1_000_000);
  }

  private static int number(String text, int least, int most) {
    String wanted = "wants a whole number from " + least + " to " + most;
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least && number <= most) return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wanted, e);
    }
    throw new IllegalArgumentException(wanted);
  }

  static boolean flag(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw new IllegalArgumentException("wants true or false");
    };
  }

  static Path path(String text) {
    return Path.of(text).toAbsolutePath().normalize();
  }

  static Optional<Path> optionalPath(String text) {
    return optionalText(text).map(Parsers::path);
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("wants an address of this machine", e);
    }
  }

  static Optional<URI> optionalUrl(String text) {
    return optionalText(text).map(Parsers::url);
  }

  private static URI url(String text) {
    URI url = URI.create(text.endsWith("/") ? text : text + "/");
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web || url.getHost() == null || url.getQuery() != null) {
      throw new IllegalArgumentException("wants a URL such as https://cloud.example.org/");
    }
    return url;
  }

  static Duration period(String text) {
    try {
      return Duration.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("wants a duration such as P7D or PT30M", e);
    }
  }

  /** Values between commas; a list of the file arrives in this form. */
  static List<String> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  static List<Range> ranges(String text) {
    return list(text).stream().map(Range::parse).toList();
  }

  /** Names of sets, each with the names of the rules that count: {@code name=rule rule}. */
  static List<RuleSet> ruleSets(String text) {
    return list(text).stream().map(Parsers::ruleSet).toList();
  }

  private static RuleSet ruleSet(String text) {
    String[] parts = text.split("=", 2);
    if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
      throw new IllegalArgumentException("wants entries of the form name=rule rule rule");
    }
    List<String> rules = List.of(parts[1].strip().split("\\s+"));
    return new RuleSet(parts[0].strip(), "Set by those who run the house.", rules);
  }

  /** File names and the SHA-256 of what they must hold: {@code name=digest}. */
  static List<Plugin> plugins(String text) {
    return list(text).stream().map(Parsers::plugin).toList();
  }

  private static Plugin plugin(String text) {
    int equals = text.lastIndexOf('=');
    String digest = text.substring(equals + 1).toLowerCase(Locale.ROOT);
    if (equals < 1 || !digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "wants entries of the form file.jar=SHA-256 in hexadecimal");
    }
    return new Plugin(text.substring(0, equals), digest);
  }
}
