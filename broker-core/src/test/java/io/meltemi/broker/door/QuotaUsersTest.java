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
import io.meltemi.broker.Intent;
import io.meltemi.broker.Reply;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Face;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom one meets who is refused because the account's quota is used up. */
class QuotaUsersTest {
  private static final String CLOUD =
      """
      name: aegean
      places:
        - location: { id: aegean-1, country: GR }
          cpuArchitecture: x86_64
          abilities: [START, STOP]
      sizes:
        - id: s
          name: small
          shape: { machines: 1, cpu: 1, memoryKibibytes: 1048576, diskKilobytes: 10000000 }
      images:
        - { id: deb, name: debian-12, cpuArchitecture: x86_64 }
      quota: { machines: 3 }
      """;

  @TempDir Path keys;
  private ScriptedWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new ScriptedWorld(keys, CLOUD);
    world.broker.create(
        ADMIN,
        "accounts",
        json(
            "{'name': 'aegean', 'connector': 'scripted', 'settings': {'address': 'memory:aegean'},"
                + " 'limits': {'watchMilliseconds': 100}}"),
        World.through(Face.BROKER_1));
    await().until(() -> world.broker.list(ANNA, "offers", World.ALL).count() == 1);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Reply order(Caller caller, String name, Intent intent) {
    String image = world.broker.list(caller, "machineImages", World.ALL).items().getFirst().id();
    return world.broker.create(
        caller,
        "machines",
        json(
            "{'name': '%s', 'machineTemplate': {'machineConfig': {'cpu': 1, 'memory': 524288},"
                    .formatted(name)
                + " 'machineImage': {'href': '"
                + image
                + "'}}}"),
        intent);
  }

  private void runs(Caller caller, String name) {
    String machine = order(caller, name, World.plain()).resource().orElseThrow().id();
    await()
        .until(() ->
            world
                .broker
                .read(caller, machine)
                .attributes()
                .path("state")
                .asText()
                .equals("STARTED"));
  }

  @Test
  void onesOwnAreNamedOthersAreCountedAndNobodyIsAsked() {
    runs(ANNA, "web");
    runs(ANNA, "db");
    runs(BERT, "secret-plan");
    world.cloud.plan(Mishap.refuse("change", Fault.BAD_REQUEST, "must not be asked").times(0));
    Problem problem = refusal(() -> order(ANNA, "surplus", World.plain()));
    assertThat(problem.code()).isEqualTo("machine.no-offer");
    JsonNode details = problem.details().orElseThrow();
    assertThat(quota(details.path("verdicts").path(0)))
        .isEqualTo("0 machines left in the account's quota, used by db, web and others (1)");
    String stored = details.path("decision").path("href").asText();
    JsonNode decision = world.broker.read(ANNA, stored).attributes();
    assertThat(quota(decision.path("refusals").path(0))).contains("used by db, web");
    assertThat(world.broker.list(ANNA, stored + "/verdicts", World.ALL).items().getFirst())
        .satisfies(verdict -> assertThat(quota(verdict.attributes())).contains("used by db, web"));
    assertThat(quotaOf(BERT)).contains("used by secret-plan and others (2)");
    assertThat(world.broker.list(ANNA, "machines", World.ALL).count()).isEqualTo(2);
  }

  @Test
  void whoHasNothingThereHearsHowManyOthersHave() {
    runs(ANNA, "one");
    runs(ANNA, "two");
    runs(ANNA, "three");
    assertThat(quotaOf(BERT)).contains("used by others (3)").doesNotContain("one", "two", "three");
  }

  private String quotaOf(Caller caller) {
    Problem problem = refusal(() -> order(caller, "surplus", World.dry()));
    return quota(problem.details().orElseThrow().path("verdicts").path(0));
  }

  private static String quota(JsonNode refused) {
    return refused
        .path("verdicts")
        .valueStream()
        .filter(verdict -> verdict.path("rule").asText().equals("quota"))
        .map(verdict -> verdict.path("offered").asText())
        .findFirst()
        .orElseThrow();
  }
}
