package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.pivot.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a discovery says of block storage and networking that do not answer as they should. */
class LostServiceTest {
  private static final int NO_ANSWER = 0;
  private static final int NO_ANSWER_AFTER_LONG = 1;
  private static final String ZONES =
      """
      {"availabilityZoneInfo": [{"zoneName": "z", "zoneState": {"available": true}}]}
      """;
  private static final String TYPES =
      """
      {"volume_types": [{"id": "t", "name": "lab"}]}
      """;

  private final Impostor impostor = new Impostor();
  private final ConcurrentLinkedQueue<Integer> mishaps = new ConcurrentLinkedQueue<>();
  private volatile String sick = "none";

  @AfterEach
  void close() {
    impostor.close();
  }

  private Connector open() throws IOException {
    int port = impostor.server(this::serve);
    String here = "http://127.0.0.1:" + port + "/";
    int keystone =
        impostor.keystoneListing(
            Impostor.service("compute", "public", "R", here + "v2.1"),
            Impostor.service("volumev3", "public", "R", here + "v3"),
            Impostor.service("network", "public", "R", here + "v2.0"));
    return Impostor.open(keystone, keystone, port);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Integer mishap = path.equals(sick) ? mishaps.poll() : null;
    if (mishap == null) {
      String body =
          switch (path) {
            case "/v2.1/os-availability-zone", "/v3/os-availability-zone" -> ZONES;
            case "/v3/types" -> TYPES;
            default -> Impostor.empty(path);
          };
      Impostor.answer(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
    } else if (mishap == NO_ANSWER_AFTER_LONG) {
      await().pollDelay(Duration.ofMillis(5200)).until(() -> true);
    } else if (mishap != NO_ANSWER) {
      exchange.getResponseHeaders().add("Retry-After", "1");
      Impostor.answer(exchange, mishap, "{}".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Set<Capability> abilities(Connector connector) {
    return connector.discover().places().getFirst().abilities();
  }

  @ParameterizedTest
  @CsvSource({
    "/v3/os-availability-zone, VOLUME_CREATE",
    "/v3/limits, VOLUME_CREATE",
    "/v3/types, VOLUME_CREATE",
    "/v2.0/subnets, NETWORK_CREATE",
    "/v2.0/quotas/tenant, NETWORK_CREATE",
    "/v2.0/networks, NETWORK_CREATE"
  })
  void oneLostAnswerTakesNothingAwayAndTwoDoUntilItAnswers(String path, Capability ability)
      throws IOException {
    try (Connector connector = open()) {
      sick = path;
      mishaps.add(NO_ANSWER);
      assertThat(abilities(connector)).contains(ability);
      assertThat(mishaps).isEmpty();

      mishaps.addAll(List.of(NO_ANSWER, NO_ANSWER));
      assertThat(abilities(connector)).doesNotContain(ability).contains(Capability.START);
      assertThat(abilities(connector)).contains(ability);
    }
  }

  /** Nobody waits twice as long for a service that hangs. */
  @Test
  void whoKeptUsWaitingIsNotAskedAgain() throws IOException {
    try (Connector connector = open()) {
      sick = "/v3/types";
      mishaps.addAll(List.of(NO_ANSWER_AFTER_LONG, NO_ANSWER));
      assertThat(abilities(connector)).doesNotContain(Capability.VOLUME_CREATE);
      assertThat(mishaps).hasSize(1);
    }
  }

  /** What is thrown leaves known what was known. */
  @ParameterizedTest
  @CsvSource({"/v3/types, VOLUME_CREATE", "/v2.0/networks, NETWORK_CREATE"})
  void whoAsksForPauseIsThereUntilAskingAgain(String path, Capability ability) throws IOException {
    try (Connector connector = open()) {
      sick = path;
      for (int time = 0; time < 2; time++) {
        mishaps.addAll(List.of(503, 503, 503));
        assertThatThrownBy(connector::discover)
            .asInstanceOf(InstanceOfAssertFactories.type(ConnectorException.class))
            .satisfies(told -> assertThat(told.fault()).isEqualTo(Fault.TRANSIENT))
            .satisfies(told -> assertThat(told.retryAfter()).contains(Duration.ofSeconds(1)));
        assertThat(abilities(connector)).doesNotContain(ability).contains(Capability.START);
        assertThat(abilities(connector)).doesNotContain(ability);
        assertThat(mishaps).isEmpty();
        assertThat(abilities(connector)).contains(ability);
      }
    }
  }
}
