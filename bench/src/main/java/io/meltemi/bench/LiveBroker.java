package io.meltemi.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A broker as anybody starts it, in a folder of its own that is gone afterwards. */
final class LiveBroker implements AutoCloseable {
  private static final String PASSWORD = "bench-password-1";
  private static final Duration READY = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Process launcher;
  private final String url;
  private final HttpClient http = HttpClient.newHttpClient();

  private LiveBroker(Path folder, Process launcher, String url) {
    this.folder = folder;
    this.launcher = launcher;
    this.url = url;
  }

  /** Returns when it is ready. */
  static LiveBroker start(String... options) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bench");
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("./meltemi", "serve"));
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("log").toFile());
    builder.environment().put("MELTEMI_ADMIN_PASSWORD", PASSWORD);
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    LiveBroker broker = new LiveBroker(folder, builder.start(), "http://127.0.0.1:" + port);
    broker.awaitReady();
    return broker;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + READY.toNanos();
    while (!isReady()) {
      if (!launcher.isAlive() || System.nanoTime() > end) {
        String log = Files.readString(folder.resolve("log"));
        close();
        throw new IOException("the broker did not become ready:\n" + log);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return send(request(url + "/health/ready")).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** The process that answers, its parents that start and guard it left out. */
  ProcessHandle process() {
    return Processes.below(launcher.toHandle(), "io.meltemi.webapp.Meltemi")
        .reduce((upper, lower) -> lower)
        .orElseThrow(() -> new IllegalStateException("the broker does not run"));
  }

  ProcessHandle agent() {
    return Processes.below(launcher.toHandle(), "io.meltemi.connector.node.agent.NodeAgent")
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no node's agent runs"));
  }

  String url() {
    return url;
  }

  String authorization() {
    String login = "admin:" + PASSWORD;
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  /** Orders a small machine from the first image that is offered; its URL. */
  String order() throws IOException, InterruptedException {
    String image = get(url + "/cimi/2/machineImages").at("/machineImages/0/id").asText();
    String body =
        """
        {"name": "bench", "machineTemplate": {
          "machineConfig": {"href": "%s/cimi/2/machineConfigs/tiny"},
          "machineImage": {"href": "%s"}, "initialState": "STARTED"}}
        """
            .formatted(url, image);
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(url + "/cimi/2/machines"))
                .header("Authorization", authorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    if (answer.statusCode() != 202) throw new IOException("not ordered: " + answer.body());
    return answer.headers().firstValue("Location").orElseThrow();
  }

  void delete(String resource) throws IOException, InterruptedException {
    send(request(resource).DELETE());
    for (int tries = 0; send(request(resource)).statusCode() != 404; tries++) {
      if (tries > 600) throw new IOException(resource + " was not deleted");
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** Reads a resource until it is as wanted; every few milliseconds, since this is measured. */
  JsonNode await(String resource, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    for (int tries = 0; tries < 12_000; tries++) {
      JsonNode seen = get(resource);
      if (wanted.test(seen)) return seen;
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new IOException(resource + " is still " + get(resource));
  }

  JsonNode get(String resource) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(resource));
    if (answer.statusCode() != 200) throw new IOException(resource + ": " + answer.body());
    return JSON.readTree(answer.body());
  }

  private HttpRequest.Builder request(String resource) {
    return HttpRequest.newBuilder(URI.create(resource))
        .header("Authorization", authorization())
        .header("Accept", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    launcher.destroy();
    if (!launcher.waitFor(30, TimeUnit.SECONDS)) launcher.destroyForcibly();
    http.close();
    Folders.remove(folder);
  }
}
