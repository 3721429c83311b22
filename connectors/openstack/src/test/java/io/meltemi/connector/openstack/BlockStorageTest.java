package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How catalogues name cinder, or do not, and for which version it is asked. */
class BlockStorageTest {
  private static final Handle THING = new Handle("v-1");

  private final Impostor impostor = new Impostor();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    impostor.close();
  }

  private int cinder() throws IOException {
    return impostor.server(this::answer);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestURI().getPath());
    Impostor.answer(exchange, 200, "{\"volumes\": []}".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "volumev3, v3/p, /v3/p/volumes/detail",
    "block-storage, v3/p, /v3/p/volumes/detail",
    "block-storage, volume/v3, /volume/v3/volumes/detail",
    "block-storage, volume/, /volume/v3/volumes/detail"
  })
  void itIsFoundUnderItsOldNameAndUnderItsNew(String type, String path, String list)
      throws IOException {
    int port = cinder();
    int keystone = impostor.keystoneWith(port, type, path);
    try (Connector connector = Impostor.open(keystone, keystone, port)) {
      assertThat(connector.volumes().find(new Token("t"))).isEmpty();
    }
    assertThat(asked).containsExactly(list);
  }

  @Test
  void everyCallAsksForItsVersion() throws IOException {
    ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    int port =
        impostor.server(exchange -> {
          String method = exchange.getRequestMethod();
          String path = exchange.getRequestURI().getPath();
          if (path.startsWith("/v3/")) {
            heard.add(method + " " + exchange.getRequestHeaders().get("OpenStack-API-Version"));
          }
          String made = "{\"snapshot\": {\"id\": \"s-1\"}}";
          String body = method.equals("POST") ? made : Impostor.empty(path);
          Impostor.answer(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
        });
    int keystone = impostor.keystoneOfAll(port);
    try (Connector connector = Impostor.open(keystone, keystone, port)) {
      connector.discover();
      connector.volumes().list();
      connector.volumes().snapshot(THING, "moment", new Token("t"));
      connector.volumes().delete(THING);
    }
    assertThat(Set.copyOf(heard))
        .containsExactlyInAnyOrder("GET [volume 3.5]", "POST [volume 3.5]", "DELETE [volume 3.5]");
  }

  @Test
  void whatWasMadeIsNotGoneWhereTheCatalogueHasNone() throws IOException {
    int port = cinder();
    int keystone = impostor.keystone(port);
    try (Connector connector = Impostor.open(keystone, keystone, port)) {
      assertThat(connector.volumes().list()).isEmpty();
      assertThat(connector.snapshots().list()).isEmpty();
      List.<ThrowingCallable>of(
              () -> connector.volumes().read(THING),
              () -> connector.volumes().find(new Token("t")),
              () -> connector.volumes().delete(THING),
              () -> connector.snapshots().read(THING),
              () -> connector.snapshots().find(new Token("t")),
              () -> connector.snapshots().delete(THING))
          .forEach(BlockStorageTest::assertNotNow);
    }
    assertThat(asked).isEmpty();
  }

  private static void assertNotNow(ThrowingCallable call) {
    ConnectorException failure = catchThrowableOfType(ConnectorException.class, call);
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.reason())
        .isEqualTo("the catalogue has no block storage now in the region R");
  }
}
