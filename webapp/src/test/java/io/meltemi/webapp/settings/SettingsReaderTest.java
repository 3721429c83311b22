package io.meltemi.webapp.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meltemi.placement.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  @TempDir private Path folder;

  private Settings read(String yaml, Map<String, String> environment, Map<String, String> flags)
      throws IOException {
    Path file = Files.writeString(folder.resolve("meltemi.yaml"), yaml);
    return SettingsReader.read(Optional.of(file), environment, flags);
  }

  @Test
  void theCommandLineRulesOverTheEnvironmentAndThatOverTheFile() throws IOException {
    String yaml = "http: { port: 1, listen: 127.0.0.2, hosts: [a, b] }\n";
    Settings settings =
        read(
            yaml,
            Map.of("MELTEMI_HTTP_PORT", "2", "MELTEMI_HTTP_BEHIND_PROXY", "yes"),
            Map.of("http.port", "3"));
    assertThat(settings.http().port()).isEqualTo(3);
    assertThat(settings.http().behindProxy()).isTrue();
    assertThat(settings.http().listen().getHostAddress()).isEqualTo("127.0.0.2");
    assertThat(settings.http().hosts()).containsExactly("a", "b");
  }

  @Test
  void anUnknownSettingIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> read("http: { prot: 1 }\n", Map.of(), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage("There is no setting http.prot. Did you mean http.port?");
    assertThatThrownBy(() -> read("", Map.of("MELTEMI_HTTP_PROT", "1"), Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("MELTEMI_HTTP_PORT");
  }

  @Test
  void aWrongValueIsRefusedWithWhatIsWanted() {
    assertThatThrownBy(() -> read("http: { port: many }\n", Map.of(), Map.of()))
        .hasMessage("The setting http.port wants a whole number from 0 to 65535; it is 'many'.");
    assertThatThrownBy(() -> read("log: { level: loud }\n", Map.of(), Map.of()))
        .hasMessageContaining("log.level wants error, warn, info, debug or trace");
  }

  @Test
  void setsOfRulesHaveANameAndRules() throws IOException {
    Settings settings =
        read("placement: { ruleSets: [\"lax=size  image\", \"one=size\"] }", Map.of(), Map.of());
    assertThat(settings.ruleSets())
        .extracting(RuleSet::name, RuleSet::matchers)
        .containsExactly(tuple("lax", List.of("size", "image")), tuple("one", List.of("size")));
    assertThatThrownBy(() -> read("", Map.of(), Map.of("placement.ruleSets", "lax")))
        .hasMessageContaining("wants entries of the form name=rule rule rule");
  }

  @Test
  void theVariablesMakeTheSameSettingsInAnotherFolder() throws IOException {
    Path file =
        Files.writeString(folder.resolve("m.yaml"), "http: { key: tls.pem, hosts: [a, b] }");
    Map<String, String> variables =
        SettingsReader.variables(
            Optional.of(file), Map.of("MELTEMI_LOG_LEVEL", "warn"), Map.of("http.port", "7"));
    assertThat(variables)
        .containsEntry("MELTEMI_HTTP_KEY", Path.of("tls.pem").toAbsolutePath().toString())
        .containsEntry("MELTEMI_DATA", Path.of("data").toAbsolutePath().toString());
    assertThat(SettingsReader.read(Optional.empty(), variables, Map.of()))
        .isEqualTo(
            SettingsReader.read(
                Optional.of(file), Map.of("MELTEMI_LOG_LEVEL", "warn"), Map.of("http.port", "7")));
  }

  @Test
  void thePageShowsTheTable() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "settings.md"));
    for (Setting<?> setting : SettingsTable.ALL) {
      assertThat(page)
          .contains(
              "| `"
                  + setting.name()
                  + "` | "
                  + (setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`")
                  + " | "
                  + setting.meaning()
                  + " |");
    }
  }
}
