package io.meltemi.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Tells when machines run, by the broker's stream of events: nobody has to ask again and again. */
final class Started implements AutoCloseable {
  private final Map<String, CompletableFuture<JsonNode>> awaited = new ConcurrentHashMap<>();
  private final Thread reader;

  Started(LiveBroker broker) {
    reader = Thread.ofVirtual().start(() -> broker.follow(this::heard));
  }

  private void heard(JsonNode event) {
    JsonNode content = event.path("content");
    if (!event.path("kind").asText().equals("Machine")) return;
    if (!content.path("state").asText().equals("STARTED")) return;
    CompletableFuture<JsonNode> waiting = awaited.remove(content.path("name").asText());
    if (waiting != null) waiting.complete(content);
  }

  /**
   * What is complete when the machine of that name runs.
   *
   * @param name that no machine had before
   */
  CompletableFuture<JsonNode> expect(String name) {
    return awaited.computeIfAbsent(name, any -> new CompletableFuture<>());
  }

  static void await(CompletableFuture<JsonNode> expected) throws InterruptedException {
    try {
      expected.get(15, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a machine does not start", e);
    }
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
