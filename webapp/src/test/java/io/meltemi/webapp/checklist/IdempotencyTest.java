package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Row Q7 for every POST that the API's description lists: one key, one answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyTest {
  private final Town town = new Town();
  private final Map<String, String> bodies =
      Map.ofEntries(
          Map.entry("machineConfigs", "{'cpu': 1, 'memory': 1024, 'name': 'NAME'}"),
          Map.entry("machineImages", "{'type': 'IMAGE', 'imageLocation': 'x:1', 'name': 'NAME'}"),
          Map.entry("credentialTemplates", "{'userName': 'u', 'name': 'NAME'}"),
          Map.entry("credentials", "{'name': 'NAME', 'credentialTemplate': {'userName': 'u'}}"),
          Map.entry("machines", "{'name': 'NAME', 'machineTemplate': TEMPLATE}"),
          Map.entry(
              "machineTemplates",
              "{'name': 'NAME', 'machineConfig': {'cpu': 1, 'memory': 1024}, 'machineImage':"
                  + " {'href': 'IMAGE'}}"),
          Map.entry("volumeConfigs", "{'name': 'NAME', 'capacity': 1000}"),
          Map.entry("volumeTemplates", "{'name': 'NAME', 'volumeConfig': {'capacity': 1000}}"),
          Map.entry(
              "volumes",
              "{'name': 'NAME', 'volumeTemplate': {'volumeConfig': {'capacity': 1000}}}"),
          Map.entry("volumeImages", "{'name': 'NAME', 'imageLocation': 'VOLUME'}"),
          Map.entry("apiTokens", "{'name': 'NAME'}"),
          Map.entry("joinTokens", "{'name': 'NAME'}"),
          Map.entry("tenants", "{'name': 'NAME'}"),
          Map.entry("users", "{'name': 'NAME', 'password': 'a word for NAME'}"),
          Map.entry(
              "accounts",
              "{'name': 'NAME', 'connector': 'scripted', 'settings': {'address': 'memory:town'}}"));

  @AfterAll
  void close() {
    town.close();
  }

  private String body(String collection, String name) {
    String image = town.image().replaceFirst(".*(machineImages/.*)", "$1");
    String sample = Objects.requireNonNull(bodies.get(collection));
    String volume = sample.contains("VOLUME") ? town.volume(town.admin, name) : "";
    return sample
        .replace("VOLUME", volume.replaceFirst(".*(volumes/.*)", "$1"))
        .replace(
            "TEMPLATE",
            "{'initialState': 'STARTED', 'machineConfig': {'cpu': 1, 'memory': 1048576},"
                + " 'machineImage': {'href': 'IMAGE'}}")
        .replace("IMAGE'}", image + "'}")
        .replace("NAME", name)
        .replace('\'', '"');
  }

  @Test
  void aKeyGetsItsAnswerAgainAtEveryCollection() {
    int walked = 0;
    for (Route route : town.routes()) {
      if (!route.verb().equals("POST") || route.namesSomething()) continue;
      String collection = route.path().substring(route.path().lastIndexOf('/') + 1);
      assertThat(bodies).as("a new collection wants a sample here").containsKey(collection);
      String name = "n" + walked++;
      hold(route.path(), body(collection, name), body(collection, name + "x"));
    }
    assertThat(walked).isGreaterThan(15);
  }

  private void hold(String path, String body, String another) {
    String key = "key-of-" + path.replace('/', '-');
    HttpResponse<String> first = town.admin.send("POST", path, body, "Idempotency-Key", key);
    assertThat(first.statusCode()).as(path + first.body()).isIn(200, 201, 202);
    HttpResponse<String> again = town.admin.send("POST", path, body, "Idempotency-Key", key);
    assertThat(again.statusCode()).as(path).isEqualTo(first.statusCode());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    for (String header : List.of("Location", "CIMI-Job-URI")) {
      assertThat(header(again, header)).as(path + header).isEqualTo(header(first, header));
    }
    assertThat(told(again)).as(path).isEqualTo(told(first));
    HttpResponse<String> other = town.admin.send("POST", path, another, "Idempotency-Key", key);
    assertThat(other.statusCode()).as(path + other.body()).isEqualTo(409);
    assertThat(Client.json(other).path("code").asText()).isEqualTo("idempotency.reused");
  }

  private static Optional<String> header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name);
  }

  /** What is shown once is not shown again. */
  private static JsonNode told(HttpResponse<String> answer) {
    ObjectNode told = (ObjectNode) Client.json(answer);
    told.remove("token");
    return told;
  }

  @Test
  void aKeyGetsItsAnswerAgainAtEveryAction() {
    String machine = town.machine(town.admin, "acted");
    String account = town.admin.made("broker/1/accounts", plain("accounts"));
    List<String> moves = List.of("stop", "start", "restart", "pause", "start", "suspend", "start");
    int number = 0;
    for (String move : moves) {
      holdAction(machine + "/" + move, "{}", "k" + number++);
      settled(machine);
    }
    holdAction(machine + "/capture", "{\"name\": \"taken\", \"type\": \"IMAGE\"}", "capture");
    settled(machine);
    String volume = town.volume(town.admin, "connected");
    String connected = "{\"volume\": {\"href\": \"" + volume + "\"}}";
    holdAction(
        machine + "/connectvolume",
        connected,
        connected.replace("}}", "}, \"initialLocation\": \"/dev/sdf\"}"),
        "connect");
    holdAction(account + "/disable", "", "disable");
    holdAction(account + "/enable", "", "enable");
  }

  private String plain(String collection) {
    return body(collection, "plain");
  }

  private void settled(String machine) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            List.of("STARTED", "STOPPED", "PAUSED", "SUSPENDED")
                .contains(town.admin.json(machine).path("state").asText()));
  }

  private void holdAction(String where, String body, String key) {
    holdAction(where, body, "{\"properties\": {\"a\": \"b\"}}", key);
  }

  private void holdAction(String where, String body, String another, String key) {
    HttpResponse<String> first = town.admin.send("POST", where, body, "Idempotency-Key", key);
    assertThat(first.statusCode()).as(where + first.body()).isIn(200, 201, 202);
    HttpResponse<String> again = town.admin.send("POST", where, body, "Idempotency-Key", key);
    assertThat(again.statusCode()).as(where + again.body()).isEqualTo(first.statusCode());
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(header(again, "CIMI-Job-URI")).isEqualTo(header(first, "CIMI-Job-URI"));
    HttpResponse<String> other = town.admin.send("POST", where, another, "Idempotency-Key", key);
    assertThat(other.statusCode()).as(where + other.body()).isEqualTo(409);
  }

  @Test
  void theLifeOfAKeyIsTold() {
    assertThat(town.admin.get("cimi/2/resourceMetadata").body()).contains("IdempotencyKeyLife");
  }

  /** A refusal is not remembered: nothing happened, and the key may be used for what is right. */
  @Test
  void aRefusedRequestLeavesItsKeyFree() {
    String where = "cimi/2/machineConfigs";
    HttpResponse<String> wrong =
        town.admin.send("POST", where, "{\"cpu\": \"x\"}", "Idempotency-Key", "free");
    assertThat(wrong.statusCode()).isEqualTo(400);
    HttpResponse<String> right =
        town.admin.send("POST", where, plain("machineConfigs"), "Idempotency-Key", "free");
    assertThat(right.statusCode()).as(right.body()).isEqualTo(201);
  }
}
