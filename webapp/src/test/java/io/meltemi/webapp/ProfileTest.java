package io.meltemi.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which broker a command asks. */
class ProfileTest {
  @TempDir private Path home;

  private Profile.Known known(Map<String, String> variables) {
    return Profile.known(new Surroundings(home, home, variables, Clock.systemUTC(), () -> "id"));
  }

  @Test
  void theVariablesRuleOverTheProfileOfTheLastStart() throws IOException {
    new Profile(home, Optional.empty())
        .write("http://127.0.0.1:1/", "mlt_profile", Instant.EPOCH, Optional.empty());
    assertThat(known(Map.of()).token()).isEqualTo("mlt_profile");
    Profile.Known told =
        known(Map.of("MELTEMI_URL", "https://cloud.example.org/", "MELTEMI_TOKEN", "mlt_told"));
    assertThat(told.url()).isEqualTo("https://cloud.example.org/");
    assertThat(told.token()).isEqualTo("mlt_told");
  }

  @Test
  void oneVariableAloneIsRefusedBeforeTheTokenGoesToAnotherBroker() {
    assertThatThrownBy(() -> known(Map.of("MELTEMI_URL", "https://cloud.example.org/")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("MELTEMI_TOKEN");
  }

  @Test
  void withoutBothThereIsARemedy() {
    assertThatThrownBy(() -> known(Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("MELTEMI_URL");
  }
}
