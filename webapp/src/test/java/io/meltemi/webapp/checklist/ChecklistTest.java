package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of this package and of the page on security name the classes that are there. */
class ChecklistTest {
  private static final Path HERE = Path.of("src/test/java/io/meltemi/webapp/checklist");
  private static final Pattern NAME = Pattern.compile("Checklist\\d\\d[A-Za-z]+Test");

  @Test
  void everyLineHasItsClassAndEveryClassItsLine() throws IOException {
    assertThat(named(HERE.resolve("package-info.java"))).isEqualTo(classes());
  }

  @Test
  void thePageOnSecurityNamesThemToo() throws IOException {
    assertThat(named(Path.of("..", "docs", "security.md"))).isEqualTo(classes());
  }

  private static Set<String> classes() throws IOException {
    try (Stream<Path> files = Files.list(HERE)) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .filter(name -> NAME.matcher(name).matches())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> named(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher found = NAME.matcher(Files.readString(file));
    while (found.find()) names.add(found.group());
    return names;
  }
}
