package io.meltemi.broker.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.model.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private final Passwords passwords = new Passwords(Duration.ofSeconds(10));

  @Test
  void onlyTheRightPasswordMatches() {
    var stored = passwords.hash("correct horse");

    assertThat(passwords.matches("correct horse", stored)).isTrue();
    assertThat(passwords.matches("correct hors", stored)).isFalse();
  }

  @Test
  void equalPasswordsAreStoredDifferently() {
    assertThat(passwords.hash("correct horse")).isNotEqualTo(passwords.hash("correct horse"));
  }

  @Test
  void aShortPasswordIsRefusedAtItsField() {
    assertThatThrownBy(() -> passwords.hash("short"))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().field()).contains("password"));
  }
}
