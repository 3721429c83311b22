package io.meltemi.webapp.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/conformance.md} has each rule once, and names tests that are there. */
class ConformancePageTest {
  private static final Path ROOT = Path.of("..");
  private static final int RULES = 127;
  private static final Set<String> SHOWN = Set.of("kept", "differs");
  private static final Set<String> NOT_SHOWN = Set.of("not served", "not ours");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
  private static final Pattern STORY = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern METHOD =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|InEveryDialect)\\b(?:\\([^)]*\\))?\\s+"
              + "(?:@\\w+(?:\\([^)]*\\))?\\s+)*(?:public )?void (\\w+)\\(");

  /**
   * A line of the tables.
   *
   * @param shown tests and stories, and whatever else is to say
   */
  private record Line(String rule, String asks, String state, String shown) {}

  private static List<Line> lines() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/conformance.md"))) {
      if (!line.matches("\\| R\\d.*")) continue;
      String[] cells = line.split("(?<!\\\\)\\|", -1);
      assertThat(cells).as(line).hasSize(6);
      lines.add(new Line(cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[4].strip()));
    }
    return lines;
  }

  @Test
  void everyRuleStandsOnThePageOnce() throws IOException {
    assertThat(lines())
        .extracting(Line::rule)
        .isEqualTo(IntStream.rangeClosed(1, RULES).mapToObj(number -> "R" + number).toList());
  }

  @Test
  void whatIsKeptNamesItsTestsAndWhatIsNotSaysWhy() throws IOException {
    for (Line line : lines()) {
      assertThat(line.asks()).as(line.rule()).isNotBlank();
      assertThat(line.shown()).as(line.rule()).isNotBlank();
      if (SHOWN.contains(line.state())) {
        assertThat(named(line)).as(line.rule()).isNotEmpty();
      } else {
        assertThat(NOT_SHOWN).as(line.rule()).contains(line.state());
      }
    }
  }

  @Test
  void theTestsThatItNamesAreThere() throws IOException {
    Set<String> there = tests();
    for (Line line : lines()) assertThat(there).as(line.rule()).containsAll(named(line));
  }

  private static List<String> named(Line line) {
    List<String> named = new ArrayList<>();
    Matcher tests = TEST.matcher(line.shown());
    while (tests.find()) named.add(tests.group(1) + "." + tests.group(2));
    Matcher stories = STORY.matcher(line.shown());
    while (stories.find()) named.add(stories.group(1));
    return named;
  }

  /** Names of all test methods of all modules, and of all stories. */
  private static Set<String> tests() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : sources()) {
      Matcher methods = METHOD.matcher(Files.readString(file));
      String type = file.getFileName().toString().replace(".java", "");
      while (methods.find()) names.add(type + "." + methods.group(1));
    }
    for (String file : List.of("bad-input.yaml", "reading.yaml")) {
      Path stories = Path.of("src/test/resources/stories", file);
      for (JsonNode story : new YAMLMapper().readTree(stories.toFile())) {
        names.add(story.path("name").asText());
      }
    }
    assertThat(names).hasSizeGreaterThan(200);
    return names;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    Path tests = Path.of("src", "test", "java");
    try (Stream<Path> roots = Files.find(ROOT, 5, (path, found) -> path.endsWith(tests))) {
      for (Path root : roots.toList()) {
        try (Stream<Path> files = Files.walk(root)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
    }
    return sources;
  }
}
