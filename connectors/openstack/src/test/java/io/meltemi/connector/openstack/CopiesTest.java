package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nova and cinder, which write the metadata of what we made on the copies that people make of it.
 */
@SuppressWarnings("NullAway.Init")
class CopiesTest {
  private static final Token TOKEN = new Token("t-1");
  private static final Handle SERVER = new Handle("server-1");

  private final Impostor impostor = new Impostor();
  private final Map<String, JsonObject> things = new ConcurrentSkipListMap<>();
  private Connector connector;

  @BeforeEach
  void open() throws IOException {
    int port = impostor.server(this::answer);
    int keystone = impostor.keystoneOfAll(port);
    connector = Impostor.open(keystone, keystone, port);
  }

  @AfterEach
  void close() {
    connector.close();
    impostor.close();
  }

  @Test
  void whatWasCapturedIsOursAlsoWhereNovaDoesNotTellTheServer() {
    Handle image = connector.machines().capture(SERVER, "portrait", TOKEN);
    assertThat(connector.images().find(TOKEN)).containsExactly(image);
    connector.images().delete(image);
    assertThat(connector.images().find(TOKEN)).isEmpty();
  }

  /** The ways: of a server made of it; of the same, rebuilt from it; of a volume made of it. */
  @ParameterizedTest
  @CsvSource({
    "theirs, server-2, 0",
    "portrait, server-2, 0",
    "theirs, server-1, 0",
    "portrait, server-1, 60"
  })
  void anImageThatPeopleTookOfWhatWasMadeOfOursIsNotOurs(String name, String server, int minutes) {
    Handle image = connector.machines().capture(SERVER, "portrait", TOKEN);
    Handle copy = copy(image, minutes);
    thing(copy).addProperty("name", name);
    thing(copy).getAsJsonObject("metadata").addProperty("instance_uuid", server);
    assertThat(connector.images().find(TOKEN)).containsExactly(image);
    connector.images().delete(image);
    assertThat(connector.images().find(TOKEN)).isEmpty();
    assertThat(things).containsOnlyKeys(copy.value());
  }

  @Test
  void aVolumeThatPeopleRestoredFromABackupOfOursIsNotOurs() {
    Handle volume =
        connector
            .volumes()
            .create(
                new VolumeOrder("data", 1_000_000, Optional.empty(), Terms.NONE),
                new VolumeSpot("az1", Optional.empty(), Optional.empty()),
                TOKEN);
    assertThat(connector.volumes().find(TOKEN)).containsExactly(volume);
    Handle copy = copy(volume, 60);
    assertThat(connector.volumes().find(TOKEN)).containsExactly(volume);
    assertThat(connector.volumes().list())
        .extracting(VolumeObservation::handle)
        .containsExactly(volume);
    assertThat(connector.volumes().read(copy).orElseThrow().token()).isEmpty();
  }

  private JsonObject thing(Handle handle) {
    return Objects.requireNonNull(things.get(handle.value()));
  }

  private Handle copy(Handle of, int minutesLater) {
    JsonObject copy = thing(of).deepCopy();
    String id = of.value() + "-copy";
    copy.addProperty("id", id);
    for (String key : new String[] {"created", "created_at"}) {
      if (!copy.has(key)) continue;
      Instant made = Tags.instant(copy.get(key).getAsString()).orElseThrow();
      copy.addProperty(key, made.plus(Duration.ofMinutes(minutesLater)).toString());
    }
    things.put(id, copy);
    return new Handle(id);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    String last = path[path.length - 1];
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    switch (exchange.getRequestMethod()) {
      case "POST" -> made(exchange, JsonParser.parseString(text).getAsJsonObject());
      case "DELETE" -> answer(exchange, things.remove(last) == null ? 404 : 202, "");
      default -> answer(exchange, 200, shown(path[path.length - 2], last));
    }
  }

  private void made(HttpExchange exchange, JsonObject asked) throws IOException {
    if (asked.has("createImage")) {
      JsonObject image = asked.getAsJsonObject("createImage");
      image.addProperty("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
      image.addProperty("status", "ACTIVE");
      put("image-1", image);
      exchange.getResponseHeaders().add("Location", "http://127.0.0.1/v2/images/image-1");
      answer(exchange, 202, "");
    } else {
      JsonObject volume = asked.getAsJsonObject("volume");
      volume.addProperty("created_at", LocalDateTime.now(ZoneOffset.UTC).toString());
      volume.addProperty("status", "available");
      put("volume-1", volume);
      answer(exchange, 202, "{\"volume\": {\"id\": \"volume-1\"}}");
    }
  }

  private void put(String id, JsonObject thing) {
    thing.addProperty("id", id);
    thing.add("links", new JsonArray());
    things.put(id, thing);
  }

  private String shown(String collection, String last) {
    return switch (last) {
      case "detail" -> "{\"%s\": %s}".formatted(collection, things.values());
      case "os-availability-zone" ->
          """
          {"availabilityZoneInfo": [{"zoneName": "az1", "zoneState": {"available": true}}]}
          """;
      default -> "{\"volume\": %s}".formatted(things.get(last));
    };
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    Impostor.answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }
}
