package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.ANNA;
import static io.meltemi.broker.door.World.json;
import static io.meltemi.broker.door.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.Query;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Page;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Face;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Location;
import io.meltemi.pivot.Offer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionSizeTest {
  private static final int OFFERS = 100_000;
  private static final int MOST_BYTES = 64 * 1024;

  @TempDir Path keys;
  private World world;

  @BeforeEach
  void open() {
    world = new World(keys);
    Random random = new Random(7);
    world.offers.clear();
    for (int number = 0; number < OFFERS; number++) {
      world.offers.add(offer(number, random.nextInt(1, 64)));
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Offer offer(int number, int cpu) {
    return new Offer(
        "account" + number / 1000 + "/zone" + number / 100 + "/size-" + number,
        "account" + number / 1000,
        "scripted",
        Location.named("zone" + number / 100).inCountry("DE"),
        Optional.of("size-" + number),
        new Amount(1, cpu, 1_048_576L * cpu, 1_000_000),
        Optional.of("x86_64"),
        Amount.UNLIMITED,
        Amount.UNLIMITED,
        Map.of(world.image, new Offer.Image("img", 0, 0)),
        Set.of(),
        Optional.empty(),
        World.NOW);
  }

  @Test
  void aDecisionOnAHundredThousandOffersIsSmallAndTellsOfEveryOne() {
    Problem problem =
        refusal(() ->
            world.broker.create(
                ANNA,
                "machines",
                json(
                    "{'machineTemplate': {'machineConfig': {'cpu': 64, 'memory': 1024},"
                        + " 'machineImage': {'href': '"
                        + world.image
                        + "'}}}"),
                World.plain()));
    JsonNode details = problem.details().orElseThrow();
    assertThat(details.has("verdicts")).isFalse();
    assertThat(details.path("groups").valueStream().mapToInt(g -> g.path("offers").asInt()).sum())
        .isEqualTo(OFFERS);
    String path = details.path("decision").path("href").asText();
    Row row = world.store.read("t1", path).orElseThrow();
    assertThat(row.document().toString().getBytes(UTF_8).length).isLessThan(MOST_BYTES);
    assertThat(world.store.all(OfferLists.KIND))
        .allSatisfy(list ->
            assertThat(list.document().toString().getBytes(UTF_8).length).isLessThan(MOST_BYTES));
    Page last =
        world.broker.list(
            ANNA,
            path + "/verdicts",
            new Query(
                Face.BROKER_1,
                Optional.empty(),
                List.of(),
                OptionalLong.of(OFFERS),
                OptionalLong.empty()));
    assertThat(last.count()).isEqualTo(OFFERS);
    assertThat(last.items().getFirst().attributes().path("offer").asText())
        .isEqualTo("account99/zone999/size-99999");
    assertThat(last.items().getFirst().attributes().path("verdicts").path(0).path("rule").asText())
        .isEqualTo("size");
  }
}
