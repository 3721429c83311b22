package io.meltemi.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.webapp.settings.Settings;
import io.meltemi.webapp.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What serve promises when it starts, and how it refuses. */
class StartTest {
  @TempDir private Path folder;
  private final StringWriter said = new StringWriter();

  private Settings settings(String... more) {
    Map<String, String> flags = new HashMap<>();
    flags.put("data", folder.resolve("data").toString());
    flags.put("http.port", "0");
    flags.put("node.embedded", "false");
    for (int index = 0; index < more.length; index += 2) flags.put(more[index], more[index + 1]);
    return SettingsReader.read(Optional.empty(), Map.of(), flags);
  }

  private Serving start(Settings settings) {
    return start(settings, false);
  }

  private Serving start(Settings settings, boolean demo) {
    Surroundings around =
        new Surroundings(
            folder,
            folder.resolve("home"),
            Map.of(),
            Clock.systemUTC(),
            () -> UUID.randomUUID().toString().replace("-", ""));
    return Serving.start(settings, demo, around, new PrintWriter(said));
  }

  private void stop(Serving serving) {
    serving.stop(new PrintWriter(said));
  }

  private String modes(String path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(folder.resolve("data").resolve(path)));
  }

  @Test
  void theFirstStartTellsAPasswordTheSecondDoesNot() {
    stop(start(settings()));
    assertThat(said.toString()).contains("first password", "cimi/2/cloudEntryPoint");
    said.getBuffer().setLength(0);
    stop(start(settings()));
    assertThat(said.toString()).doesNotContain("first password");
  }

  @Test
  void nobodyElseMayLookIntoTheFolder() throws IOException {
    stop(start(settings()));
    assertThat(modes("")).isEqualTo("rwx------");
    assertThat(modes("keys/master")).isEqualTo("rw-------");
    assertThat(folder.resolve("data/log/meltemi.log")).exists();
  }

  @Test
  void theUserWhoStartedItGetsAProfile() throws IOException {
    stop(start(settings()));
    Path profile = folder.resolve("home/.config/meltemi/profile.json");
    assertThat(profile).content().contains("\"token\" : \"mlt_");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(profile)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFolderInUseIsRefused() {
    Serving first = start(settings());
    assertThatThrownBy(() -> start(settings()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("in use by another Meltemi")
        .hasMessageContaining("--data");
    stop(first);
  }

  @Test
  void aPortInUseIsRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThatThrownBy(() -> start(settings("http.port", port)))
          .isInstanceOf(StartException.class)
          .hasMessageContaining(port)
          .hasMessageContaining("--port");
    }
  }

  @Test
  void aWrongKeyIsRefused() throws IOException {
    stop(start(settings()));
    Path key = folder.resolve("data/keys/master");
    Files.writeString(key, "k1:" + "A".repeat(43) + "=\n");
    assertThatThrownBy(() -> start(settings()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("is not the one that sealed");
  }

  @Test
  void aNewerFolderIsRefused() throws IOException {
    stop(start(settings()));
    Files.writeString(folder.resolve("data/format"), "999\n");
    assertThatThrownBy(() -> start(settings()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("newer Meltemi");
  }

  @Test
  void aFolderOfSomethingElseIsLeftAsItIs() throws IOException {
    Path home = Files.createDirectory(folder.resolve("data"));
    Files.createDirectory(home.resolve("Documents"));
    String before = modes("");
    assertThatThrownBy(() -> start(settings()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("no data folder of Meltemi (it holds Documents)");
    assertThat(modes("")).isEqualTo(before);
    assertThat(home.resolve("store")).doesNotExist();
  }

  @Test
  void realDataIsNeverServedAsADemonstration() {
    stop(start(settings()));
    assertThatThrownBy(() -> start(settings(), true))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("holds real data");
  }

  @Test
  void aDemonstrationDoesNotGoWithADatabaseOfItsOwn() {
    assertThatThrownBy(() -> start(settings("store.url", "jdbc:postgresql://127.0.0.1:1/m"), true))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("without the setting store.url");
  }

  /** Else each replica would seal with a key of its own. */
  @Test
  void aSharedDatabaseNeedsAKeyThatAllReplicasHave() {
    assertThatThrownBy(() -> start(settings("store.url", "jdbc:postgresql://127.0.0.1:1/m")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("masterKeyFile");
  }

  @Test
  void aSetOfUnknownRulesIsRefused() {
    assertThatThrownBy(() -> start(settings("placement.ruleSets", "mine=size shape")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("placement.ruleSets: no shape; there are [")
        .hasMessageContaining("capacity");
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() {
    assertThatThrownBy(() -> start(settings("http.listen", "192.0.2.1")))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "192.0.2.1 is no address of this machine; name one with --listen, or 0.0.0.0 for all.");
  }

  @Test
  void anotherAddressThanLoopbackGetsTlsAndAFingerprint() {
    stop(start(settings("http.listen", "0.0.0.0")));
    assertThat(said.toString()).contains("https://localhost:", "fingerprint ");
  }
}
