package io.meltemi.webapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meltemi.webapp.settings.Settings;
import io.meltemi.webapp.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker with a connector from elsewhere, and without it. */
class PluginServedTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String PASSWORD = "a word for plug-ins";

  @TempDir private Path folder;
  private StringWriter said = new StringWriter();
  private String url = "";

  private Serving start(String plugins) {
    Settings settings =
        SettingsReader.read(
            Optional.empty(),
            Map.of(),
            Map.of(
                "data",
                data().toString(),
                "http.port",
                "0",
                "node.embedded",
                "false",
                "plugins",
                plugins));
    Surroundings around =
        new Surroundings(
            folder,
            folder.resolve("home"),
            Map.of("MELTEMI_ADMIN_PASSWORD", PASSWORD),
            Clock.systemUTC(),
            () -> UUID.randomUUID().toString().replace("-", ""));
    said = new StringWriter();
    Serving serving = Serving.start(settings, false, around, new PrintWriter(said));
    url = said.toString().lines().findFirst().orElseThrow().replace("Meltemi serves at ", "");
    return serving;
  }

  private Path data() {
    return folder.resolve("data");
  }

  @Test
  void itsMachinesAreMadeAndOutliveItsListing() throws Exception {
    ExamplePlugin example = ExamplePlugin.build(folder);
    example.into(data().resolve("plugins"));
    Files.writeString(
        Files.createDirectory(folder.resolve("cloud")).resolve("cloud.json"),
        """
        {"place": "desk", "machines": 3, "images": ["blank"],
         "sizes": [{"name": "small", "cpu": 1, "memoryMebibytes": 512}]}
        """);
    Serving without = start("");
    assertThat(said.toString()).contains("is not listed", example.setting());
    HttpResponse<String> refused = send("POST", "broker/1/accounts", account());
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("account.unknown-connector");
    without.stop(new PrintWriter(said));

    Serving with = start(example.setting());
    assertThat(said.toString()).doesNotContain("plug-in");
    HttpResponse<String> account = send("POST", "broker/1/accounts", account());
    assertThat(account.statusCode()).as(account.body()).isEqualTo(201);
    String machine = ordered();
    await().atMost(LONG).until(() -> state(machine).equals("STARTED"));
    with.stop(new PrintWriter(said));

    Serving again = start(example.setting().replace(example.sha256(), "0".repeat(64)));
    assertThat(said.toString()).contains("is not what was listed", example.sha256());
    assertThat(state(machine)).isEqualTo("STARTED");
    again.stop(new PrintWriter(said));
  }

  private String account() {
    return """
    {"name": "paper", "connector": "paper", "settings": {"folder": "%s"}}
    """
        .formatted(folder.resolve("cloud"));
  }

  private String ordered() {
    JsonNode entry = json("cimi/2/cloudEntryPoint");
    String size = first(entry, "machineConfigs", "machineConfigurations");
    String image = first(entry, "machineImages", "machineImages");
    HttpResponse<String> answer =
        send(
            "POST",
            entry.path("machines").path("href").textValue(),
            """
            {"name": "sheet", "machineTemplate": {"machineConfig": {"href": "%s"},
             "machineImage": {"href": "%s"}, "initialState": "STARTED"}}
            """
                .formatted(size, image));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return URI.create(answer.headers().firstValue("Location").orElseThrow()).getPath().substring(1);
  }

  private String first(JsonNode entry, String collection, String items) {
    return json(entry.path(collection).path("href").textValue())
        .path(items)
        .path(0)
        .path("id")
        .textValue();
  }

  private String state(String machine) {
    return json(machine).path("state").textValue();
  }

  private JsonNode json(String where) {
    try {
      return JSON.readTree(send("GET", where, "").body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> send(String verb, String where, String body) {
    byte[] login = ("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(where.startsWith("http") ? where : url + where))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login))
            .header("Content-Type", "application/json")
            .method(verb, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(where, e);
    }
  }
}
