package io.meltemi.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meltemi.connector.NodeRecords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** When a broker says that it is ready. */
class RipenessTest {
  private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");

  private static List<String> missing(TestBroker broker) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(broker.url() + "health/ready")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return new ObjectMapper()
          .readTree(body)
          .path("missing")
          .valueStream()
          .map(each -> each.asText())
          .toList();
    }
  }

  @Test
  void aPlaceWhoseImagesFitNoConfigurationIsNotEnough() throws Exception {
    try (TestBroker broker = TestBroker.start("/ripeness/huge-image.yaml")) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(missing(broker))
                  .containsExactly(
                      "no place offers an image together with a configuration that fits it"
                          + " yet"));
    }
  }

  @Test
  void aPlaceWithAnImageThatFitsIs() throws IOException {
    try (TestBroker broker = TestBroker.start("/checklist/cloud.yaml")) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(missing(broker)).isEmpty());
    }
  }

  private static NodeRecords.Node node(Optional<String> report, Instant seen) {
    return new NodeRecords.Node("n1", "home", "e1", "key", 1, 1, report, seen);
  }

  @Test
  void theNodeMustHaveToldSinceTheStartWhatItCanRun() {
    assertThat(Ripeness.node(List.of(), START)).isPresent();
    assertThat(Ripeness.node(List.of(node(Optional.empty(), START)), START)).isPresent();
    assertThat(Ripeness.node(List.of(node(Optional.of("{}"), START.minusSeconds(1))), START))
        .isPresent();
    assertThat(Ripeness.node(List.of(node(Optional.of("{}"), START)), START)).isEmpty();
  }
}
