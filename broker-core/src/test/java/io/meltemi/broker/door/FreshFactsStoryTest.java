package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.ADMIN;
import static io.meltemi.broker.door.World.ANNA;
import static io.meltemi.broker.door.World.json;
import static io.meltemi.broker.door.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Intent;
import io.meltemi.broker.job.JobState;
import io.meltemi.broker.shop.HandClock;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider cannot be asked any more: what it told before grows old. */
class FreshFactsStoryTest {
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
      quota: { machines: 10 }
      """;

  @TempDir Path keys;
  private final HandClock clock = new HandClock();
  private ScriptedWorld world;
  private String account;

  @BeforeEach
  void open() throws IOException {
    world = new ScriptedWorld(keys, CLOUD, clock);
    account = registered("aegean");
    await().until(() -> offers().size() == 1);
    fail();
  }

  /** All accounts are of the one cloud. */
  private String registered(String name) {
    String body =
        ("{'name': '%s', 'connector': 'scripted', 'settings': {'address': 'memory:aegean'},"
                + " 'limits': {'discoverSeconds': 3600}}")
            .formatted(name);
    return world
        .broker
        .create(ADMIN, "accounts", json(body), World.through(Face.BROKER_1))
        .resource()
        .orElseThrow()
        .id();
  }

  private List<Resource> offers() {
    return world.broker.list(ANNA, "offers", World.ALL).items();
  }

  private void fail() {
    world.cloud.plan(Mishap.refuse("facts", Fault.TRANSIENT, "nobody is at the office").times(0));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void tenant(String maxAge) {
    String body = "{'name': 't1', 'placement': {'terms': {'maxAge': '%s'}}}".formatted(maxAge);
    world.broker.create(ADMIN, "tenants", json(body), World.through(Face.BROKER_1));
  }

  private Resource ordered(String placement, Intent intent) {
    String image = world.broker.list(ANNA, "machineImages", World.ALL).items().getFirst().id();
    ObjectNode order =
        json(
            "{'name': 'web', 'machineTemplate': {'machineConfig': {'cpu': 1, 'memory': 524288},"
                + " 'machineImage': {'href': '%s'}}}".formatted(image));
    order.set("placement", json(placement));
    return world.broker.create(ANNA, "machines", order, intent).resource().orElseThrow();
  }

  /** The one verdict on the one offer. */
  private static JsonNode verdict(Problem problem) {
    assertThat(problem.code()).isEqualTo("machine.no-offer");
    JsonNode verdicts = problem.details().orElseThrow().path("verdicts").path(0).path("verdicts");
    assertThat(verdicts).hasSize(1);
    return verdicts.path(0);
  }

  private static Duration age(JsonNode verdict) {
    return Duration.parse(verdict.path("age").asText());
  }

  private JobState discovered() {
    return discovered(account);
  }

  private JobState discovered(String which) {
    String job =
        world.broker.act(ADMIN, which, "discover", json("{}"), World.plain()).job().get().id();
    await().until(() -> state(job).ended());
    return state(job);
  }

  private JobState state(String job) {
    return JobState.valueOf(world.broker.read(ADMIN, job).attributes().path("state").asText());
  }

  @Test
  void factsThatGrewTooOldAreRefusedUntilTheirAccountIsDiscoveredAgain() {
    tenant("PT10M");
    clock.forward(Duration.ofMinutes(9));
    assertThat(ordered("{}", World.dry()).attributes().path("outcome").asText())
        .isEqualTo("PLACED");

    clock.forward(Duration.ofMinutes(6));
    JsonNode verdict = verdict(refusal(() -> ordered("{}", World.plain())));
    assertThat(verdict.path("rule").asText()).isEqualTo("freshness");
    assertThat(verdict.path("wanted").asText()).contains("PT10M");
    assertThat(verdict.path("offered").asText()).contains("PT15M");
    assertThat(verdict.path("remedy").asText()).contains(account).contains("discover");
    assertThat(age(verdict)).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(16));

    assertThat(discovered()).isEqualTo(JobState.FAILED);
    verdict(refusal(() -> ordered("{}", World.dry())));

    world.cloud.calm();
    assertThat(discovered()).isEqualTo(JobState.SUCCESS);
    assertThat(ordered("{}", World.dry()).attributes().path("outcome").asText())
        .isEqualTo("PLACED");
  }

  @Test
  void factsAreRememberedWhileTheirProviderCannotBeAsked() {
    fail();
    discovered();
    assertThat(confidence()).containsOnly("REMEMBERED");
    JsonNode verdict =
        verdict(refusal(() -> ordered("{'terms': {'countries': 'FR'}}", World.dry())));
    assertThat(verdict.path("confidence").asText()).isEqualTo("REMEMBERED");

    world.cloud.calm();
    discovered();
    assertThat(confidence()).containsOnly("CONFIRMED");
  }

  @Test
  void whatIsLeftIsEstimatedOnceSomethingWasPlacedThere() {
    world.cloud.calm();
    discovered();
    ordered("{}", World.plain());
    await().until(() -> one("offers").path("confidence").asText().equals("ESTIMATED"));
    assertThat(one("locations").path("confidence").asText()).isEqualTo("CONFIRMED");
  }

  /** Each has it: the image is one, and what told of it last counts. */
  @Test
  void anImageIsAsFreshAsItsAccountThatWasAskedLast() {
    world.cloud.calm();
    String second = registered("second");
    await().until(() -> offers().size() == 2);
    for (String asked : List.of(account, second, account)) {
      clock.forward(Duration.ofMinutes(10));
      assertThat(discovered(asked)).isEqualTo(JobState.SUCCESS);
      assertThat(world.broker.list(ANNA, "machineImages", World.ALL).count()).isEqualTo(1);
      assertThat(one("machineImages").path("observed")).isEqualTo(offer(asked).path("observed"));
    }
  }

  private JsonNode offer(String of) {
    return offers().stream()
        .map(Resource::attributes)
        .filter(offer -> offer.path("account").path("href").asText().equals(of))
        .findFirst()
        .orElseThrow();
  }

  /** Of the account, its place, the image and the offer there. */
  private List<String> confidence() {
    return Stream.of("accounts", "locations", "machineImages", "offers")
        .map(each -> one(each).path("confidence").asText())
        .toList();
  }

  private JsonNode one(String collection) {
    return world.broker.list(ANNA, collection, World.ALL).items().getFirst().attributes();
  }

  @Test
  void theAgeInAStoredDecisionGrowsAndItsReasonStays() {
    tenant("PT10M");
    clock.forward(Duration.ofMinutes(15));
    refusal(() -> ordered("{}", World.plain()));
    String decision = world.broker.list(ANNA, "decisions", World.ALL).items().getFirst().id();
    JsonNode before = decided(decision);
    clock.forward(Duration.ofHours(1));
    JsonNode after = decided(decision);

    assertThat(age(after).minus(age(before))).isGreaterThanOrEqualTo(Duration.ofHours(1));
    assertThat(after.path("offered")).isEqualTo(before.path("offered"));
  }

  private JsonNode decided(String decision) {
    return world
        .broker
        .read(ANNA, decision)
        .attributes()
        .path("refusals")
        .path(0)
        .path("verdicts")
        .path(0);
  }

  @Test
  void anOrderMayAskForFresherFactsThanItsTenantButNotForOlderOnes() {
    tenant("PT10M");
    clock.forward(Duration.ofMinutes(5));
    verdict(refusal(() -> ordered("{'terms': {'maxAge': 'PT1M'}}", World.dry())));
    clock.forward(Duration.ofMinutes(10));
    verdict(refusal(() -> ordered("{'terms': {'maxAge': 'P1D'}}", World.dry())));
  }

  @Test
  void withoutALimitAnyAgeIsAccepted() {
    clock.forward(Duration.ofDays(3));
    assertThat(ordered("{}", World.dry()).attributes().path("outcome").asText())
        .isEqualTo("PLACED");
  }

  @Test
  void whatIsNoAgeIsRefused() {
    for (String wrong : new String[] {"600", "-PT10M", "PT0S", "P400D", "P1M"}) {
      Problem problem =
          refusal(() -> ordered("{'terms': {'maxAge': '%s'}}".formatted(wrong), World.dry()));
      assertThat(problem.code()).isEqualTo("placement.value");
      assertThat(problem.field()).contains("placement.terms.maxAge");
      assertThat(problem.remedy()).contains("PT10M");
    }
    Problem misspelt = refusal(() -> ordered("{'terms': {'maxage': 'PT10M'}}", World.dry()));
    assertThat(misspelt.remedy()).contains("'maxAge'");
  }
}
