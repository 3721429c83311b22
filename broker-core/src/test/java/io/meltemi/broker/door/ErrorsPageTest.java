package io.meltemi.broker.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {
  private static final Pattern REFUSAL =
      Pattern.compile("Problem\\.of\\(.{0,120}?\"([a-z]+\\.[a-z-]+)\"", Pattern.DOTALL);

  @Test
  void everyCodeOfTheBrokerStandsOnThePageOfErrors() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "errors.md"));
    Set<String> codes = new TreeSet<>();
    for (String room : List.of("broker-core", "cimi-api", "webapp")) {
      try (Stream<Path> files = Files.walk(Path.of("..", room, "src", "main", "java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(file -> add(file, codes));
      }
    }
    assertThat(codes).hasSizeGreaterThan(20);
    assertThat(codes).allSatisfy(code -> assertThat(page).contains("`" + code));
  }

  private static void add(Path file, Set<String> codes) {
    try {
      Matcher refusals = REFUSAL.matcher(Files.readString(file));
      while (refusals.find()) {
        codes.add(refusals.group(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
