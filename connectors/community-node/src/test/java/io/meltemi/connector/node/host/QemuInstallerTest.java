package io.meltemi.connector.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever wants real kernels is told to install all packages that are looked for, and no others.
 */
class QemuInstallerTest {
  private static final Path HOUSE = Path.of("../..");

  private static final Pattern COMMAND =
      Pattern.compile("`apt-get install --no-install-recommends ([^`]+)`");

  @Test
  void thePageNamesThem() throws IOException {
    Matcher page = COMMAND.matcher(Files.readString(HOUSE.resolve("docs/connectors/node.md")));
    assertThat(page.find()).isTrue();
    assertThat(page.group(1).split("\\s+")).containsExactlyElementsOf(QemuInstaller.packages());
  }

  @ParameterizedTest
  @ValueSource(strings = {"interop", "kill-broker", "node"})
  void theSuitesThatBootGuestsNameThem(String suite) throws IOException {
    assertThat(Files.readAllLines(HOUSE.resolve("dev/ci/" + suite + ".packages")))
        .contains(String.join(" ", QemuInstaller.packages()));
  }
}
