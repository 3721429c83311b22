package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.VolumeObservation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A volume that nova shows at a server. */
class AttachingTest {
  private static final Handle VOLUME = new Handle("v-1");
  private static final Handle SERVER = new Handle("s-1");

  private final Impostor impostor = new Impostor();
  private final ConcurrentLinkedQueue<String> changes = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    impostor.close();
  }

  @Test
  void whatIsThereIsAttachedAlready() throws IOException {
    try (Connector connector = open("in-use")) {
      connector.volumes().attach(VOLUME, SERVER);
      assertThat(connector.volumes().read(VOLUME).orElseThrow().staysAt(SERVER)).isTrue();
    }
    assertThat(changes).isEmpty();
  }

  @Test
  void whatIsOnItsWayOffIsNotAttachedYet() throws IOException {
    try (Connector connector = open("detaching")) {
      VolumeObservation seen = connector.volumes().read(VOLUME).orElseThrow();
      assertThat(seen.attachedTo(SERVER)).isTrue();
      assertThat(seen.staysAt(SERVER)).isFalse();
      ConnectorException later =
          catchThrowableOfType(
              ConnectorException.class, () -> connector.volumes().attach(VOLUME, SERVER));
      assertThat(later.fault()).isEqualTo(Fault.TRANSIENT);
    }
    assertThat(changes).isEmpty();
  }

  private Connector open(String status) throws IOException {
    int port =
        impostor.server(exchange -> {
          if (!exchange.getRequestMethod().equals("GET")) {
            changes.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          }
          answer(
              exchange,
              exchange.getRequestURI().getPath().contains("/servers/")
                  ? "{\"volumeAttachment\": {\"volumeId\": \"v-1\"}}"
                  : """
                  {"volume": {"id": "v-1", "name": "data", "status": "%s", "size": 1,
                    "metadata": {}, "attachments": [{"server_id": "s-1", "device": "/dev/vdb"}]}}
                  """
                      .formatted(status));
        });
    int keystone = impostor.keystoneOfAll(port);
    return Impostor.open(keystone, keystone, port);
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    Impostor.answer(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
  }
}
