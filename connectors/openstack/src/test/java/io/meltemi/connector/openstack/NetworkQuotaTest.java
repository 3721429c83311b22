package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.NetworkAmount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkQuotaTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;
  private static final String QUOTA =
      """
      {"quota": {"network": {"limit": 10, "used": 2, "reserved": 0},
        "port": {"limit": 50, "used": 7, "reserved": 1}}}
      """;
  private static final Inventory.Networking TOLD =
      new Inventory.Networking(
          new NetworkAmount(10, NO_LIMIT, 50, NO_LIMIT), new NetworkAmount(2, 0, 8, 0));

  private final Impostor impostor = new Impostor();
  private volatile int status = 200;
  private volatile Instant counted = Instant.EPOCH;

  @AfterEach
  void close() {
    impostor.close();
  }

  private Connector open() throws IOException {
    int port = impostor.server(this::serve);
    int keystone = impostor.keystoneWith(port, "network", "");
    return Impostor.open(keystone, keystone, port);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/limits")) counted = Instant.now();
    boolean refused = status != 200 && path.equals("/v2.0/quotas/p/details");
    String body =
        switch (path) {
          case "/v2.0/quotas/tenant" -> "{\"tenant\": {\"tenant_id\": \"p\"}}";
          case "/v2.0/quotas/p/details" -> QUOTA;
          default -> Impostor.empty(path);
        };
    byte[] answer = (refused ? "{}" : body).getBytes(StandardCharsets.UTF_8);
    Impostor.answer(exchange, refused ? status : 200, answer);
  }

  @Test
  void whatIsReservedCountsAsUsedAndWhatNeutronLeavesOutHasNoLimit() {
    Neutron.Quota quota =
        new Neutron.Quota(
            new Neutron.Use(100, 3, 1), null, new Neutron.Use(-1, 5, 0), new Neutron.Use(2, 0, 0));
    assertThat(Networking.told(quota))
        .isEqualTo(
            new Inventory.Networking(
                new NetworkAmount(100, NO_LIMIT, NO_LIMIT, 2), new NetworkAmount(4, 0, 5, 0)));
  }

  @Test
  void whatWasToldLastHoldsWhileNeutronDoesNotAnswerAndNoLongerThanItIsTold() throws IOException {
    try (Connector connector = open()) {
      assertThat(connector.discover().networking()).isEqualTo(TOLD);
      status = 503;
      assertThat(connector.discover().networking()).isEqualTo(TOLD);
      for (int refusal : new int[] {403, 404}) {
        status = 200;
        assertThat(connector.discover().networking()).isEqualTo(TOLD);
        status = refusal;
        assertThat(connector.discover().networking()).isEqualTo(Inventory.Networking.UNTOLD);
      }
    }
  }

  /** Else what is ordered between count and time would be in no count. */
  @Test
  void theTimeOfADiscoveryIsFromBeforeItsFirstCount() throws IOException {
    try (Connector connector = open()) {
      assertThat(connector.discover().observed()).isBefore(counted);
    }
  }
}
