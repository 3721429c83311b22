package io.meltemi.webapp.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A consumer whose broker may die at any moment: an answer that does not come is no failure. */
final class Api {
  static final String PASSWORD = "a word for campaigns";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ACTION = "http://schemas.dmtf.org/cimi/2/action/";
  private static final String UNENDED = "state='QUEUED' or state='RUNNING' or state='STOPPING'";

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;

  Api(int port) {
    server = URI.create("http://127.0.0.1:" + port + "/");
  }

  /** A change that is asked for; asked again with the same key it is the same change. */
  record Wish(String method, String url, Optional<ObjectNode> body, String key) {}

  /**
   * @param job that was made for a change
   */
  record Answer(int status, JsonNode body, Optional<String> job) {}

  /** A resource of the collection as it is listed. */
  record Item(String url, String name, String state) {
    boolean moving() {
      return state.endsWith("ING");
    }
  }

  URI server() {
    return server;
  }

  boolean live() {
    return get("health/live").filter(answer -> answer.status() == 200).isPresent();
  }

  boolean ready() {
    return get("health/ready").filter(answer -> answer.status() == 200).isPresent();
  }

  List<Item> machines() {
    return items("cimi/2/machines", "machines");
  }

  List<Item> images() {
    return items("cimi/2/machineImages", "machineImages");
  }

  /** Volumes in the words of {@link Place}. */
  List<Item> volumes() {
    List<Item> free = items("cimi/2/volumes", "volumes");
    if (free.isEmpty()) return free;
    Map<String, String> at = new HashMap<>();
    for (Item machine : machines()) {
      for (Item volume : items(machine.url() + "/volumes", "locatedVolumes")) {
        at.put(volume.name(), Place.at(machine.name()));
      }
    }
    return free.stream()
        .map(volume ->
            volume.state().equals("AVAILABLE")
                ? new Item(volume.url(), volume.name(), at.getOrDefault(volume.name(), Place.FREE))
                : volume)
        .toList();
  }

  /** Networks that were ordered here. */
  List<Item> networks() {
    return items("cimi/2/networks", "networks").stream()
        .filter(network -> Wishes.isOurs(network.name()))
        .toList();
  }

  /** Floating addresses in the words of {@link Place}, of the machines that were ordered so. */
  List<Item> addresses() {
    return need("cimi/2/machines")
        .path("machines")
        .valueStream()
        .filter(machine ->
            machine
                .path("mapping")
                .valueStream()
                .anyMatch(fact -> fact.path("attribute").asText().equals("floatingAddress")))
        .flatMap(this::addresses)
        .toList();
  }

  private Stream<Item> addresses(JsonNode machine) {
    String name = Place.addressOf(machine.path("name").asText());
    return parts(machine, "interfaces", "networkInterfaces")
        .flatMap(card -> parts(card, "endpoints", "protocolEndpoints"))
        .filter(endpoint -> Place.isFloating(endpoint.path("address").asText()))
        .map(endpoint ->
            new Item(endpoint.path("id").asText(), name, endpoint.path("address").asText()));
  }

  private Stream<JsonNode> parts(JsonNode whole, String attribute, String name) {
    return need(whole.path(attribute).path("href").asText()).path(name).valueStream();
  }

  /** Snapshots that a machine can be restored from. */
  List<Item> moments(Item machine) {
    return items(machine.url() + "/snapshots", "machineImages").stream()
        .filter(moment -> moment.state().equals("AVAILABLE"))
        .toList();
  }

  Wish restore(Item machine, Item moment, String key) {
    ObjectNode body = object().put("action", ACTION + "restore");
    body.putObject("image").put("href", moment.url());
    return new Wish("POST", machine.url() + "/restore", Optional.of(body), key);
  }

  List<Item> snapshots() {
    return items("cimi/2/volumeImages", "volumeImages");
  }

  /** How many jobs have not ended. */
  int jobs() {
    String filter = URLEncoder.encode(UNENDED, StandardCharsets.UTF_8).replace("+", "%20");
    return need("cimi/2/jobs?$filter=" + filter).path("count").asInt();
  }

  /** How the job of an answer tells that it failed; empty when it did not. */
  Optional<String> failure(Answer answer) {
    return answer
        .job()
        .map(this::need)
        .filter(job -> job.path("state").asText().equals("FAILED"))
        .map(job -> job.path("statusMessage").asText());
  }

  private List<Item> items(String url, String name) {
    return need(url)
        .path(name)
        .valueStream()
        .map(each ->
            new Item(
                each.path("id").asText(),
                each.path("name").asText(),
                each.path("state").asText("AVAILABLE")))
        .toList();
  }

  JsonNode need(String url) {
    return get(url)
        .filter(answer -> answer.status() == 200)
        .map(Answer::body)
        .orElseThrow(() -> new IllegalStateException(url + " cannot be read"));
  }

  ObjectNode object() {
    return mapper.createObjectNode();
  }

  Wish add(String collection, ObjectNode body, String key) {
    return new Wish("POST", server.resolve(collection).toString(), Optional.of(body), key);
  }

  Wish act(Item machine, String action, String key) {
    ObjectNode body = object().put("action", ACTION + action).put("name", key);
    if (!action.equals("capture") && !action.equals("snapshot")) body.remove("name");
    return new Wish("POST", machine.url() + "/" + action, Optional.of(body), key);
  }

  Wish volume(String name) {
    ObjectNode body = object().put("name", name);
    body.putObject("volumeTemplate").putObject("volumeConfig").put("capacity", 1000);
    return add("cimi/2/volumes", body, name);
  }

  Wish network(String name) {
    ObjectNode body = object().put("name", name);
    body.putObject("networkTemplate").put("initialState", "STARTED");
    return add("cimi/2/networks", body, name);
  }

  /**
   * @param action insert or remove
   */
  Wish volume(String action, Item machine, Item volume, String key) {
    ObjectNode body = object().put("action", ACTION + action);
    body.putObject("volume").put("href", volume.url());
    return new Wish("POST", machine.url() + "/volumes/" + action, Optional.of(body), key);
  }

  Wish snapshot(Item volume, String name) {
    ObjectNode body = object().put("action", ACTION + "snapshot").put("name", name);
    body.put("imageLocation", volume.url());
    return new Wish("POST", volume.url() + "/snapshot", Optional.of(body), name);
  }

  Wish delete(Item item, String key) {
    return new Wish("DELETE", item.url(), Optional.empty(), key);
  }

  /** Empty when no answer came. */
  Optional<Answer> send(Wish wish) {
    HttpRequest.BodyPublisher body =
        wish.body()
            .map(text -> HttpRequest.BodyPublishers.ofString(text.toString()))
            .orElseGet(HttpRequest.BodyPublishers::noBody);
    return send(
        request(wish.url())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", wish.key())
            .method(wish.method(), body));
  }

  private Optional<Answer> get(String url) {
    return send(request(server.resolve(url).toString()).GET());
  }

  private HttpRequest.Builder request(String url) {
    String login = "admin:" + PASSWORD;
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(PATIENCE)
        .header("Accept", "application/json")
        .header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
  }

  private Optional<Answer> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return Optional.of(
          new Answer(
              answer.statusCode(),
              mapper.readTree(answer.body()),
              answer.headers().firstValue("CIMI-Job-URI")));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
