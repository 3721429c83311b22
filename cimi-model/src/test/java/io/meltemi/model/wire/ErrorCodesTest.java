package io.meltemi.model.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page lists every code that reading can answer with. */
class ErrorCodesTest {
  private static final Pattern IN_CODE =
      Pattern.compile("\"((?:body|attribute|reference|action|filter|orderby)\\.[a-z-]+)\"");
  private static final Pattern ON_PAGE =
      Pattern.compile("\\| `((?:body|attribute|reference|action|filter|orderby)\\.[a-z-]+)` \\|");

  @Test
  void everyCodeStandsOnThePage() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/meltemi/model"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        collect(IN_CODE, file, used);
      }
    }
    Set<String> listed = new TreeSet<>();
    collect(ON_PAGE, Path.of("../docs/errors.md"), listed);
    assertThat(used).isNotEmpty();
    assertThat(listed).containsAll(used);
  }

  private static void collect(Pattern pattern, Path file, Set<String> found) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(file));
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
  }
}
