package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meltemi.broker.store.Row;
import io.meltemi.webapp.TestBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamTest {
  private final TestBroker broker = TestBroker.start("/stories/cloud.yaml");
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  EventStreamTest() throws IOException {}

  @AfterEach
  void close() {
    broker.close();
  }

  private HttpRequest.Builder request(String path) {
    byte[] pair = ("admin:" + TestBroker.PASSWORD).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(URI.create(broker.url() + path))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private BufferedReader open(String lastEventId) throws Exception {
    HttpRequest.Builder request = request("broker/1/events").header("Accept", "text/event-stream");
    if (!lastEventId.isEmpty()) request.header("Last-Event-ID", lastEventId);
    HttpResponse<InputStream> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private void make(String name) throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("cimi/2/machineConfigs")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"name\": \"" + name + "\", \"cpu\": 1, \"memory\": 1024}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static String next(BufferedReader stream, String beginning) throws IOException {
    String line = stream.readLine();
    while (line != null && !line.startsWith(beginning)) line = stream.readLine();
    return line == null ? "(the stream ended)" : line.substring(beginning.length());
  }

  /** The data of the next event that has this text. */
  private static String told(BufferedReader stream, String text) throws IOException {
    String data = next(stream, "data: ");
    while (!data.contains(text) && data.startsWith("{")) data = next(stream, "data: ");
    return data;
  }

  @Test
  void whatHappensIsToldAndTheStreamGoesOnWhereItWasCut() throws Exception {
    String position;
    try (BufferedReader stream = open("")) {
      assertThat(next(stream, "retry: ")).isEqualTo("2000");
      make("one");
      position = next(stream, "id: ");
      assertThat(told(stream, "machineConfigs/")).contains("\"created\"", "/cimi/2/");
    }
    make("two");
    try (BufferedReader stream = open(position)) {
      assertThat(Long.parseLong(next(stream, "id: "))).isGreaterThan(Long.parseLong(position));
      assertThat(told(stream, "\"two\"")).contains("\"created\"");
    }
  }

  @Test
  void whoNamesAnEventThatNeverWasIsToldToBeginAnew() throws Exception {
    try (BufferedReader stream = open("999999999")) {
      assertThat(next(stream, "event: ")).isEqualTo("resync");
    }
  }

  /** 1,000 may wait; who has one more behind them begins anew, and hears what comes then. */
  @ParameterizedTest
  @CsvSource({"1000, created", "1001, resync"})
  void whoHasTooManyWaitingIsToldToBeginAnew(int waiting, String first) throws Exception {
    String position = Long.toString(broker.store().lastPosition());
    broker
        .store()
        .write(
            "default",
            transaction -> {
              for (int i = 0; i < waiting; i++) transaction.insert(row("many-" + i));
              return waiting;
            });
    try (BufferedReader stream = open(position)) {
      assertThat(next(stream, "event: ")).isEqualTo(first);
      make("after");
      assertThat(told(stream, "\"after\"")).contains("\"created\"");
    }
  }

  private static Row row(String name) {
    Instant now = Instant.now();
    return new Row(
        "machineConfigs/" + name,
        "default",
        "MachineConfiguration",
        Optional.empty(),
        name,
        "",
        now,
        now,
        1,
        JsonNodeFactory.instance.objectNode());
  }

  @Test
  void aStreamEndsWhenTheBrokerStops() throws Exception {
    try (BufferedReader stream = open("")) {
      assertThat(next(stream, "retry: ")).isEqualTo("2000");
      broker.close();
      assertThat(next(stream, "id: ")).isEqualTo("(the stream ended)");
    }
  }
}
