package io.meltemi.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.ConnectorFactory;
import io.meltemi.webapp.settings.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Which connectors of others are loaded, and what those see of the broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginTest {
  private static final String NO_DIGEST = "0".repeat(64);

  private ExamplePlugin example;
  @TempDir private Path folder;

  @BeforeAll
  void build(@TempDir Path work) throws IOException {
    example = ExamplePlugin.build(work);
  }

  private Plugins load(Plugin... listed) throws IOException {
    if (!Files.exists(plugins())) example.into(plugins());
    return Connectors.load(folder.resolve("none")).plugins(plugins(), List.of(listed));
  }

  private Path plugins() {
    return folder.resolve("plugins");
  }

  private ClassLoader loaded() throws IOException {
    return load(example.listed()).factories().getFirst().getClass().getClassLoader();
  }

  @Test
  void oneThatIsListedIsLoaded() throws IOException {
    Plugins plugins = load(example.listed());
    assertThat(plugins.factories()).extracting(ConnectorFactory::name).containsExactly("paper");
    assertThat(plugins.refused()).isEmpty();
  }

  @Test
  void oneThatIsNotListedIsToldWithWhatToList() throws IOException {
    Plugins plugins = load();
    assertThat(plugins.factories()).isEmpty();
    assertThat(plugins.refused())
        .singleElement()
        .asString()
        .contains("is not listed", example.setting(), "the setting plugins");
  }

  @Test
  void oneWithAnotherDigestIsRefused() throws IOException {
    Plugins plugins = load(new Plugin(example.listed().file(), NO_DIGEST));
    assertThat(plugins.factories()).isEmpty();
    assertThat(plugins.refused())
        .singleElement()
        .asString()
        .contains("is not what was listed", example.sha256());
  }

  @Test
  void oneThatChangedAfterItWasListedIsRefused() throws IOException {
    Plugin listed = example.listed();
    example.into(plugins());
    Files.write(plugins().resolve(listed.file()), new byte[] {0}, StandardOpenOption.APPEND);
    assertThat(load(listed).factories()).isEmpty();
  }

  @Test
  void oneOutsideTheFolderIsRefused() throws IOException {
    Files.copy(example.jar(), folder.resolve("outside.jar"));
    Plugins plugins = load(new Plugin("../outside.jar", example.sha256()), example.listed());
    assertThat(plugins.factories()).hasSize(1);
    assertThat(plugins.refused()).singleElement().asString().contains("is not in");
  }

  @Test
  void oneThatIsNoJarIsRefusedAndTheOthersAreLoaded() throws IOException {
    example.into(plugins());
    Path other = Files.writeString(plugins().resolve("other.jar"), "no jar");
    Plugins plugins = load(new Plugin("other.jar", ExamplePlugin.sha256(other)), example.listed());
    assertThat(plugins.factories()).hasSize(1);
    assertThat(plugins.refused()).singleElement().asString().contains("other.jar", "no connector");
  }

  @Test
  void oneThatTakesAKnownNameIsRefused() throws IOException {
    example.into(plugins());
    Files.copy(example.jar(), plugins().resolve("twin.jar"));
    Plugins plugins = load(example.listed(), new Plugin("twin.jar", example.sha256()));
    assertThat(plugins.factories()).hasSize(1);
    assertThat(plugins.refused()).singleElement().asString().contains("twin.jar", "paper");
  }

  @Test
  void itUsesItsOwnJacksonAndTheBrokerKeepsItsOwn() throws Exception {
    String name = "com.fasterxml.jackson.databind.ObjectMapper";
    Class<?> theirs = loaded().loadClass(name);
    assertThat(version(theirs)).isEqualTo("2.18.2");
    assertThat(version(Class.forName(name))).isNotEqualTo("2.18.2");
  }

  private static String version(Class<?> mapper) throws ReflectiveOperationException {
    Object made = mapper.getConstructor().newInstance();
    return mapper.getMethod("version").invoke(made).toString();
  }

  @Test
  void itSeesTheWordsOfConnectorsAndNothingElseOfTheBroker() throws Exception {
    ClassLoader its = loaded();
    assertThat(its.loadClass(ConnectorFactory.class.getName())).isSameAs(ConnectorFactory.class);
    for (String hidden :
        List.of(
            "io.meltemi.broker.Broker",
            "io.meltemi.model.ProblemException",
            "io.meltemi.api.Elsewhere",
            "io.meltemi.webapp.Meltemi",
            "io.meltemi.connector.outgoing.Gateway",
            "org.h2.Driver",
            "org.bouncycastle.crypto.generators.Argon2BytesGenerator")) {
      assertThat(Class.forName(hidden)).isNotNull();
      assertThatThrownBy(() -> its.loadClass(hidden)).isInstanceOf(ClassNotFoundException.class);
    }
    assertThat(its.getResource("logback-test.xml")).isNull();
  }
}
