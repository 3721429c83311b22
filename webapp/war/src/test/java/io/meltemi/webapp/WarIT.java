package io.meltemi.webapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.scripted.ScriptedCloudServer;
import io.meltemi.webapp.interop.Answer;
import io.meltemi.webapp.interop.Body;
import io.meltemi.webapp.interop.Consumer;
import io.meltemi.webapp.interop.Dialect;
import io.meltemi.webapp.interop.Scenarios;
import io.meltemi.webapp.settings.Settings;
import io.meltemi.webapp.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive in a stock servlet container: IS-1 and IS-2 in both versions and formats, and the
 * same bytes as from our own server, over the same data folder.
 */
class WarIT {
  private static final String PASSWORD = "a word for tests";

  @TempDir private Path folder;

  @Test
  void theArchiveServesWhatOurOwnServerServes() throws IOException {
    startCloud();
    Exchanges inTomcat;
    int port;
    try (Tomcat tomcat =
        new Tomcat(
            folder.resolve("tomcat"),
            Map.of("MELTEMI_DATA", data().toString(), "MELTEMI_ADMIN_PASSWORD", PASSWORD))) {
      port = tomcat.port();
      awaitAnswer(tomcat);
      registerCloud(port);
      for (int version : new int[] {1, 2}) {
        for (boolean xml : new boolean[] {false, true}) scenarios(port, new Dialect(version, xml));
      }
      keepOneMachine(port);
      inTomcat = Exchanges.at(port, basic());
    }
    Serving own =
        Serving.start(settings(port), false, around(), new PrintWriter(new StringWriter()));
    try {
      awaitReady(port);
      Map<String, String> inOurs = Exchanges.at(port, basic()).all();
      assertThat(inOurs.keySet()).isEqualTo(inTomcat.all().keySet()).hasSizeGreaterThan(100);
      inTomcat
          .all()
          .forEach(
              (request, answer) -> assertThat(inOurs.get(request)).as(request).isEqualTo(answer));
    } finally {
      own.stop(new PrintWriter(new StringWriter()));
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Settings settings(int port) {
    return SettingsReader.read(
        Optional.empty(),
        Map.of(),
        Map.of(
            "data", data().toString(),
            "http.port", Integer.toString(port),
            "node.embedded", "false"));
  }

  private Surroundings around() {
    Surroundings real = Surroundings.real(Path.of("..", "target", "meltemi").toAbsolutePath());
    return new Surroundings(
        real.home(), folder.resolve("home"), Map.of(), real.clock(), real.ids());
  }

  /** In this process, so that it outlives both servers. */
  private void startCloud() throws IOException {
    Path script = folder.resolve("cloud.yaml");
    try (InputStream in = Scenarios.class.getResourceAsStream("/stories/cloud.yaml")) {
      Files.write(script, in.readAllBytes());
    }
    String[] arguments = {script.toString(), folder.resolve("cloud.json").toString(), address()};
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            ScriptedCloudServer.main(arguments);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private String address() {
    return "unix:" + folder.resolve("cloud.sock");
  }

  private void registerCloud(int port) {
    Exchanges.post(
        port,
        basic(),
        "/broker/1/accounts",
        """
        {"name": "stage", "connector": "scripted", "house": true,
         "settings": {"address": "%s"}}
        """
            .formatted(address()));
    awaitReady(port);
  }

  private void keepOneMachine(int port) {
    Consumer consumer = consumer(port, new Dialect(2, false));
    Answer entry = consumer.entryPoint();
    Body template =
        Body.of("MachineTemplate")
            .ref("machineConfig", first(consumer, entry, "machineConfigs"))
            .ref("machineImage", first(consumer, entry, "machineImages"))
            .with("initialState", "STOPPED");
    Answer made =
        consumer.post(
            entry.needHref("machines"),
            Body.of("MachineCreate").with("name", "kept").part("machineTemplate", template));
    String machine = made.header("Location").orElseThrow();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> consumer.get(machine).text("state").equals(Optional.of("STOPPED")));
  }

  private static String first(Consumer consumer, Answer entry, String collection) {
    return consumer.get(entry.needHref(collection)).items().getFirst().need("id");
  }

  private static void scenarios(int port, Dialect dialect) {
    Scenarios scenarios =
        new Scenarios(consumer(port, dialect), Duration.ofMinutes(1), machine -> Optional.empty());
    scenarios.entryPoint();
    scenarios.createFromImageAndConfiguration();
  }

  private static Consumer consumer(int port, Dialect dialect) {
    return new Consumer(URI.create("http://127.0.0.1:" + port + "/"), basic(), dialect);
  }

  private static String basic() {
    return "Basic " + Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(UTF_8));
  }

  private static void awaitAnswer(Tomcat tomcat) {
    await()
        .atMost(Duration.ofMinutes(3))
        .failFast(() -> !tomcat.alive())
        .until(() -> Exchanges.status(tomcat.port(), "/health/live").equals(OptionalInt.of(200)));
  }

  private static void awaitReady(int port) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Exchanges.status(port, "/health/ready").equals(OptionalInt.of(200)));
  }
}
