package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Orders;
import io.meltemi.pivot.MachineOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A nova that does not give a key pair back after the creation that it was lent for. */
class LoginKeyTest {
  private static final String EXTENSIONS =
      """
      {"extensions": [{"alias": "os-keypairs", "name": "Keypairs", "description": "", "links": [],
        "namespace": "http://docs.openstack.org/compute/ext/fake_xml",
        "updated": "2014-12-03T00:00:00Z"}]}
      """;
  private static final String PAIR =
      """
      {"keypair": {"name": "meltemi-t", "public_key": "ssh-ed25519 AAAA", "fingerprint": "f",
        "user_id": "u"}}
      """;
  private static final String REFUSED = "{\"error\": {\"message\": \"no pair is given back\"}}";

  private final Impostor impostor = new Impostor();
  private final AtomicInteger removals = new AtomicInteger();

  @AfterEach
  void close() {
    impostor.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429, 500, 503})
  void thatTheAnswerOfTheCreationWasLostIsTold(int status) throws IOException {
    int nova = nova(exchange -> exchange.getRequestBody().readAllBytes(), status);
    try (Connector connector = open(nova)) {
      ConnectorException lost =
          catchThrowableOfType(ConnectorException.class, () -> create(connector));
      assertThat(lost.fault()).isEqualTo(Fault.UNKNOWN);
    }
    assertThat(removals).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429, 500, 503})
  void theMachineThatWasMadeIsTold(int status) throws IOException {
    int nova = nova(exchange -> answer(exchange, 202, "{\"server\": {\"id\": \"s-1\"}}"), status);
    try (Connector connector = open(nova)) {
      assertThat(create(connector)).isEqualTo(new Handle("s-1"));
    }
    assertThat(removals).hasValue(2);
  }

  @Test
  void whyTheCreationWasRefusedIsTold() throws IOException {
    String full = "{\"forbidden\": {\"message\": \"Quota exceeded for cores\"}}";
    int nova = nova(exchange -> answer(exchange, 403, full), 503);
    try (Connector connector = open(nova)) {
      ConnectorException refused =
          catchThrowableOfType(ConnectorException.class, () -> create(connector));
      assertThat(refused.fault()).isEqualTo(Fault.QUOTA);
    }
  }

  /**
   * @param creation answers it, or does not
   * @param afterwards status of the answer to the removal of the key pair that follows
   */
  private int nova(HttpHandler creation, int afterwards) throws IOException {
    return impostor.server(exchange -> {
      String path = exchange.getRequestURI().getPath();
      if (path.endsWith("/servers")) {
        creation.handle(exchange);
      } else if (path.endsWith("/extensions")) {
        answer(exchange, 200, EXTENSIONS);
      } else if (exchange.getRequestMethod().equals("DELETE")) {
        boolean before = removals.getAndIncrement() == 0;
        answer(exchange, before ? 404 : afterwards, REFUSED);
      } else {
        answer(exchange, 200, PAIR);
      }
    });
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    Impostor.answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  private Connector open(int nova) throws IOException {
    int keystone = impostor.keystone(nova);
    return Impostor.open(keystone, keystone, nova);
  }

  private static Handle create(Connector connector) {
    MachineOrder plain = Orders.plain("keyed", 1, 524288);
    MachineOrder keyed =
        new MachineOrder(
            plain.name(),
            plain.cpu(),
            plain.memoryKibibytes(),
            List.of(),
            Optional.empty(),
            OptionalInt.empty(),
            plain.image(),
            plain.imageName(),
            Optional.empty(),
            Optional.of(
                new MachineOrder.Login(
                    Optional.empty(), Optional.empty(), Optional.of("ssh-ed25519 AAAA"))),
            List.of(),
            plain.initialState(),
            plain.terms());
    return connector
        .machines()
        .create(keyed, new Spot("az1", Optional.of("1"), "image"), new Token("t"));
  }
}
