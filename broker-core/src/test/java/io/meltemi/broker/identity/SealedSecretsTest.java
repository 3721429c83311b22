package io.meltemi.broker.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedSecretsTest {
  @TempDir Path folder;

  @Test
  void whatWasSealedOpensAgainAndShowsNothingMeanwhile() throws IOException {
    Secrets secrets = new SealedSecrets(KeyRing.at(folder.resolve("master")));

    String sealed = secrets.seal("accounts/a1", "open sesame");

    assertThat(sealed).doesNotContain("sesame");
    assertThat(secrets.open("accounts/a1", sealed)).isEqualTo("open sesame");
  }

  @Test
  void aSecretOfOnePurposeDoesNotOpenAsAnothers() throws IOException {
    Secrets secrets = new SealedSecrets(KeyRing.at(folder.resolve("master")));
    String sealed = secrets.seal("accounts/a1", "open sesame");

    assertThatThrownBy(() -> secrets.open("accounts/a2", sealed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be opened");
  }

  @Test
  void anotherKeyOfTheSameNameDoesNotOpen() throws IOException {
    String sealed = new SealedSecrets(KeyRing.at(folder.resolve("one"))).seal("p", "x");
    Secrets other = new SealedSecrets(KeyRing.at(folder.resolve("two")));

    assertThatThrownBy(() -> other.open("p", sealed)).hasMessageContaining("master key");
  }

  @Test
  void afterARotationTheOldKeyStillOpensAndTheNewOneSeals() throws IOException {
    Path file = folder.resolve("master");
    String old = new SealedSecrets(KeyRing.at(file)).seal("p", "x");
    Path fresh = folder.resolve("fresh");
    KeyRing.at(fresh);
    String newLine = Files.readString(fresh).replace("k1:", "k2:");
    Files.writeString(file, newLine + Files.readString(file));

    Secrets rotated = new SealedSecrets(KeyRing.at(file));

    assertThat(rotated.open("p", old)).isEqualTo("x");
    assertThat(rotated.seal("p", "y")).startsWith("k2.");
  }

  @Test
  void theKeyFileIsForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("master");
    KeyRing.at(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatHoldsNoKeyIsRefusedByName() throws IOException {
    Path file = Files.writeString(folder.resolve("master"), "hello\n");

    assertThatThrownBy(() -> KeyRing.at(file)).hasMessageContaining(file.toString());
  }
}
