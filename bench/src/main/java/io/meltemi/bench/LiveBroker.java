package io.meltemi.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
    return start("ready", Map.of(), List.of(options));
  }

  /**
   * One that has nothing to offer yet and may go to these addresses of this machine. Returns when
   * it serves.
   */
  static LiveBroker allowing(List<String> ports) throws IOException, InterruptedException {
    Map<String, String> allow = Map.of("MELTEMI_OUTGOING_ALLOW", String.join(",", ports));
    return start("live", allow, List.of("--no-node"));
  }

  private static LiveBroker start(
      String health, Map<String, String> environment, List<String> options)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bench");
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("./meltemi", "serve"));
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(List.of("--data", folder.resolve("data").toString()));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("log").toFile());
    builder.environment().putAll(environment);
    builder.environment().put("MELTEMI_ADMIN_PASSWORD", PASSWORD);
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    LiveBroker broker = new LiveBroker(folder, builder.start(), "http://127.0.0.1:" + port);
    broker.await(health);
    return broker;
  }

  private void await(String health) throws IOException, InterruptedException {
    long end = System.nanoTime() + READY.toNanos();
    while (!is(health)) {
      if (!launcher.isAlive() || System.nanoTime() > end) {
        String log = Files.readString(folder.resolve("log"));
        close();
        throw new IOException("the broker did not become " + health + ":\n" + log);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private boolean is(String health) throws InterruptedException {
    try {
      return send(request(url + "/health/" + health)).statusCode() == 200;
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

  /**
   * Registers an account and waits until something can be ordered from it; its URL.
   *
   * @param limits how the account may be used, in the words of its document
   */
  String register(String name, Provider provider, Map<String, Integer> limits)
      throws IOException, InterruptedException {
    int before = images().size();
    HttpResponse<String> answer =
        post(
            "/broker/1/accounts",
            JSON.writeValueAsString(
                Map.of(
                    "name",
                    name,
                    "connector",
                    provider.connector(),
                    "settings",
                    provider.settings(),
                    "limits",
                    limits)));
    if (answer.statusCode() != 201) throw new IOException("not registered: " + answer.body());
    while (images().size() == before) TimeUnit.MILLISECONDS.sleep(20);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** The URLs of all images that are offered, by their names. */
  Map<String, String> images() throws IOException, InterruptedException {
    Map<String, String> urls = new LinkedHashMap<>();
    for (JsonNode image : get(url + "/cimi/2/machineImages").path("machineImages")) {
      urls.put(image.path("name").asText(), image.path("id").asText());
    }
    return urls;
  }

  String image(String name) throws IOException, InterruptedException {
    return Optional.ofNullable(images().get(name))
        .orElseThrow(() -> new IllegalStateException("no image is called " + name));
  }

  /** Orders a small machine from the first image that is offered; its URL. */
  String order() throws IOException, InterruptedException {
    return order("bench", images().values().iterator().next());
  }

  /** Orders a small machine from an image; its URL. */
  String order(String name, String image) throws IOException, InterruptedException {
    String body =
        """
        {"name": "%s", "machineTemplate": {
          "machineConfig": {"href": "%s/cimi/2/machineConfigs/tiny"},
          "machineImage": {"href": "%s"}, "initialState": "STARTED"}}
        """
            .formatted(name, url, image);
    HttpResponse<String> answer = post("/cimi/2/machines", body);
    if (answer.statusCode() != 202) throw new IOException("not ordered: " + answer.body());
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        request(url + path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  void delete(String resource) throws IOException, InterruptedException {
    send(request(resource).DELETE());
    for (int tries = 0; send(request(resource)).statusCode() != 404; tries++) {
      if (tries > 6000) throw new IOException(resource + " was not deleted");
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

  void awaitStarted(String machine) throws IOException, InterruptedException {
    await(machine, seen -> seen.path("state").asText().equals("STARTED"));
  }

  JsonNode get(String resource) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(resource));
    if (answer.statusCode() != 200) throw new IOException(resource + ": " + answer.body());
    return JSON.readTree(answer.body());
  }

  /** Hands on every event from now on; returns when the broker or this thread is ended. */
  void follow(Consumer<JsonNode> heard) {
    HttpRequest stream =
        HttpRequest.newBuilder(URI.create(url + "/broker/1/events"))
            .header("Authorization", authorization())
            .header("Accept", "text/event-stream")
            .build();
    try (Stream<String> lines = http.send(stream, HttpResponse.BodyHandlers.ofLines()).body()) {
      lines
          .filter(line -> line.startsWith("data: "))
          .forEach(line -> heard.accept(read(line.substring("data: ".length()))));
    } catch (IOException | UncheckedIOException ended) {
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of its heap that are in use, as it tells itself. */
  long heap() throws IOException, InterruptedException {
    return send(request(url + "/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
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
