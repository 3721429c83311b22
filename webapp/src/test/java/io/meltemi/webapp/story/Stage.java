package io.meltemi.webapp.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.webapp.TestBroker;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A broker on a scripted cloud, with one machine that stands ready, stopped. */
final class Stage implements AutoCloseable {
  /** What changes without any request: discovery writes what it met. */
  private static final Set<String> WATCHED_BY_ITSELF = Set.of("Account");

  private final TestBroker broker;
  private final Teller teller;
  private final Map<String, String> names;
  private final String machine;

  Stage() throws IOException, InterruptedException {
    broker = TestBroker.start("/stories/cloud.yaml");
    teller = new Teller(broker.url(), "admin", TestBroker.PASSWORD);
    String entryPoint = broker.url() + "cimi/2/cloudEntryPoint";
    await().atMost(Duration.ofSeconds(60)).until(() -> count(entryPoint, "machineImages") > 0);
    names =
        Map.of(
            "image", first(entryPoint, "machineImages", "machineImages"),
            "config", first(entryPoint, "machineConfigs", "machineConfigurations"));
    machine = made(entryPoint);
  }

  Teller teller() {
    return teller;
  }

  Map<String, String> names() {
    return names;
  }

  String machine() {
    return machine;
  }

  /** Every row that a request can change, with its version. */
  Map<String, Long> book() {
    Map<String, Long> book = new TreeMap<>();
    for (ResourceKind kind : BrokerKinds.all().all()) {
      if (WATCHED_BY_ITSELF.contains(kind.name())) continue;
      broker.store().all(kind.name()).forEach(row -> book.put(row.id(), row.generation()));
    }
    return book;
  }

  /** Position of the newest event. */
  long lastEvent() {
    return broker.store().lastPosition();
  }

  private int count(String entryPoint, String collection) throws IOException, InterruptedException {
    String url = teller.get(entryPoint).path(collection).path("href").asText();
    return teller.get(url).path("count").asInt();
  }

  private String first(String entryPoint, String collection, String items)
      throws IOException, InterruptedException {
    String url = teller.get(entryPoint).path(collection).path("href").asText();
    return teller.get(url).path(items).path(0).path("id").asText();
  }

  private String made(String entryPoint) throws IOException, InterruptedException {
    String machines = teller.get(entryPoint).path("machines").path("href").asText();
    String body =
        """
        {"name": "ready", "machineTemplate": {"initialState": "STOPPED",
          "machineConfig": {"href": "%s"}, "machineImage": {"href": "%s"}}}
        """
            .formatted(names.get("config"), names.get("image"));
    HttpResponse<String> answer =
        teller.send("POST", machines, Map.of("Content-Type", "application/json"), body);
    assertThat(answer.statusCode()).as(answer.body()).isIn(201, 202);
    String made = answer.headers().firstValue("Location").orElseThrow();
    await().atMost(Duration.ofSeconds(60)).until(() -> state(made).equals("STOPPED"));
    return made;
  }

  private String state(String url) throws IOException, InterruptedException {
    JsonNode resource = teller.get(url);
    return resource.path("state").asText();
  }

  @Override
  public void close() {
    broker.close();
  }
}
