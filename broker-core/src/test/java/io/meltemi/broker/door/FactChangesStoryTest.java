package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.ADMIN;
import static io.meltemi.broker.door.World.ANNA;
import static io.meltemi.broker.door.World.BERT;
import static io.meltemi.broker.door.World.json;
import static io.meltemi.broker.door.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.broker.shop.HandClock;
import io.meltemi.model.Page;
import io.meltemi.model.query.FilterParser;
import io.meltemi.model.schema.Face;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider raises a price and loses an ability: its account tells when. */
class FactChangesStoryTest {
  private static final String CLOUD =
      """
      name: aegean
      places:
        - location: { id: aegean-1, country: GR }
          cpuArchitecture: x86_64
          abilities: [START, STOP, PAUSE]
      sizes:
        - id: s
          name: small
          shape: { machines: 1, cpu: 1, memoryKibibytes: 1048576, diskKilobytes: 10000000 }
          price: { perHour: 0.05, currency: EUR }
      images:
        - { id: deb, name: debian-12, cpuArchitecture: x86_64 }
      """;

  @TempDir Path keys;
  private final HandClock clock = new HandClock();
  private ScriptedWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new ScriptedWorld(keys, CLOUD, clock);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String account(Caller caller, boolean house) {
    String body =
        "{'name': 'aegean', 'connector': 'scripted', 'settings': {'address': 'memory:aegean'},"
            + " 'house': %s, 'limits': {'discoverSeconds': 3600}}";
    return world
        .broker
        .create(caller, "accounts", json(body.formatted(house)), World.through(Face.BROKER_1))
        .resource()
        .orElseThrow()
        .id();
  }

  private void discovered(String account) {
    String job =
        world.broker.act(ADMIN, account, "discover", json("{}"), World.plain()).job().get().id();
    await()
        .until(() ->
            world.broker.read(ADMIN, job).attributes().path("state").asText().equals("SUCCESS"));
  }

  private Page changes(Caller caller, String account, String filter, long first, long last) {
    Query query =
        new Query(
            Face.BROKER_1,
            filter.isEmpty() ? Optional.empty() : FilterParser.parse(List.of(filter)),
            List.of(),
            OptionalLong.of(first),
            OptionalLong.of(last));
    return world.broker.list(caller, account + "/factChanges", query);
  }

  private List<JsonNode> changes(String account, String filter) {
    return changes(ADMIN, account, filter, 1, 1000).items().stream()
        .map(each -> (JsonNode) each.attributes())
        .toList();
  }

  @Test
  void whatTheProviderTellsOtherwiseIsListedNewestFirst() {
    String account = account(ADMIN, true);
    await().until(() -> !changes(account, "fact='sizes/s/price'").isEmpty());
    int known = changes(account, "").size();

    clock.forward(Duration.ofMinutes(5));
    world.cloud.script(
        CLOUD.replace("0.05", "0.06").replace("[START, STOP, PAUSE]", "[START, STOP]"));
    discovered(account);

    assertThat(changes(account, "")).hasSize(known + 2);
    List<JsonNode> prices = changes(account, "fact='sizes/s/price'");
    assertThat(prices).hasSize(2);
    assertThat(prices.getFirst().path("before").asText()).isEqualTo("0.05");
    assertThat(prices.getFirst().path("after").asText()).isEqualTo("0.06");
    assertThat(prices.getFirst().path("source").asText()).isNotEmpty();
    assertThat(prices.getFirst().path("time").asText())
        .isGreaterThan(prices.getLast().path("time").asText());
    JsonNode ability = changes(account, "location='aegean-1' and fact='abilities'").getFirst();
    assertThat(ability.path("before").asText()).isEqualTo("PAUSE START STOP");
    assertThat(ability.path("after").asText()).isEqualTo("START STOP");
  }

  @Test
  void theHistoryIsReadInPagesAndOneByOne() {
    String account = account(ADMIN, true);
    await().until(() -> !changes(account, "fact='sizes/s/price'").isEmpty());
    Page page = changes(ADMIN, account, "", 2, 3);
    assertThat(page.count()).isEqualTo(changes(account, "").size());
    assertThat(page.items()).hasSize(2);
    String one = page.items().getFirst().id();
    assertThat(world.broker.read(ADMIN, one).attributes())
        .isEqualTo(page.items().getFirst().attributes());
  }

  /** An account of the house serves strangers, and what one of them has there shows in it. */
  @Test
  void onlyThoseWhoseAccountItIsSeeItsHistory() {
    String account = account(ADMIN, true);
    await().until(() -> !changes(account, "").isEmpty());
    assertThat(changes(ANNA, account, "", 1, 10).items()).isEmpty();

    String own = account(ADMIN, false);
    await().until(() -> !changes(own, "").isEmpty());
    assertThat(changes(ANNA, own, "", 1, 10).items()).isNotEmpty();
    assertThat(refusal(() -> changes(BERT, own, "", 1, 10)).status()).isEqualTo(404);
  }
}
