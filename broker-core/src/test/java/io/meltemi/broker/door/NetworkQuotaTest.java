package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.ADMIN;
import static io.meltemi.broker.door.World.ANNA;
import static io.meltemi.broker.door.World.json;
import static io.meltemi.broker.door.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Face;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an account's quota of networks and ports leaves, and what is refused beyond it. */
class NetworkQuotaTest {
  private static final String CLOUD =
      """
      name: aegean
      places:
        - location: { id: aegean-1, country: GR }
          cpuArchitecture: x86_64
          abilities: [START, STOP, NETWORK_CHOICE, NETWORK_CREATE, NETWORK_RANGE]
      sizes:
        - id: s
          name: small
          shape: { machines: 1, cpu: 1, memoryKibibytes: 1048576, diskKilobytes: 10000000 }
      images:
        - { id: deb, name: debian-12, cpuArchitecture: x86_64 }
      networks:
        - { id: blue, name: blue, open: true, subnets: [10.1.0.0/24] }
      networkQuota: { networks: 1, ports: 2 }
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
    await().until(() -> world.broker.list(ANNA, "offers", World.ALL).count() == 2);
    await().until(() -> discoveries() > 1);
  }

  /** The first is the creation of the account; one between order and creation counts neither. */
  private long discoveries() {
    return world.cloud.calls().stream().filter(call -> call.call().equals("facts")).count();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String network(String name) {
    return world
        .broker
        .create(
            ANNA,
            "networks",
            json("{'name': '" + name + "', 'networkTemplate': {'initialState': 'STARTED'}}"),
            World.plain())
        .resource()
        .orElseThrow()
        .id();
  }

  private String machine(String name, List<String> networks) {
    String image = world.broker.list(ANNA, "machineImages", World.ALL).items().getFirst().id();
    List<String> cards =
        networks.stream().map(id -> "{'network': {'href': '" + id + "'}}").toList();
    return world
        .broker
        .create(
            ANNA,
            "machines",
            json(
                "{'name': '%s', 'machineTemplate': {'machineConfig': {'cpu': 1, 'memory': 524288},"
                        .formatted(name)
                    + " 'machineImage': {'href': '"
                    + image
                    + "'}, 'interfaceTemplates': "
                    + cards
                    + "}}"),
            World.plain())
        .resource()
        .orElseThrow()
        .id();
  }

  private String started(String resource) {
    await().until(() -> state(resource).equals("STARTED"));
    return resource;
  }

  private String state(String resource) {
    return world.broker.read(ANNA, resource).attributes().path("state").asText();
  }

  /** Of any offer, for the quota is the account's. */
  private JsonNode left() {
    return world
        .broker
        .list(ANNA, "offers", World.ALL)
        .items()
        .getFirst()
        .attributes()
        .path("quotaLeft");
  }

  /** Offers follow the store a moment later. */
  private void becomes(String left, long number) {
    await().until(() -> left().path(left).asLong() == number);
  }

  private void nobodyMayBeAsked() {
    world.cloud.plan(Mishap.refuse("change", Fault.BAD_REQUEST, "must not be asked").times(0));
  }

  private static JsonNode quota(Problem problem) {
    JsonNode verdict =
        problem.details().orElseThrow().path("verdicts").path(0).path("verdicts").path(0);
    assertThat(verdict.path("rule").asText()).isEqualTo("quota");
    return verdict;
  }

  @Test
  void aNetworkBeyondTheQuotaIsRefusedWithThoseThatUseItAndNobodyIsAsked() {
    assertThat(left().path("networks").asLong()).isEqualTo(1);
    assertThat(left().has("subnets")).isFalse();
    String inner = started(network("inner"));
    becomes("networks", 0);
    nobodyMayBeAsked();
    Problem problem = refusal(() -> network("surplus"));
    assertThat(problem.code()).isEqualTo("network.no-offer");
    assertThat(quota(problem).path("offered").asText())
        .isEqualTo("0 networks left in the account's quota, used by inner");
    assertThat(quota(problem).path("remedy").asText())
        .isEqualTo("delete networks of the account, or have its quota raised");
    assertThat(world.cloud.everyNetwork()).hasSize(1);
    assertThat(state(inner)).isEqualTo("STARTED");
  }

  @Test
  void aMachineWhoseCardsDoNotFitIsRefusedAndNobodyIsAsked() {
    String inner = started(network("inner"));
    String blue =
        world.broker.list(ANNA, "networks", World.ALL).items().stream()
            .map(each -> each.id())
            .filter(id -> !id.equals(inner))
            .findFirst()
            .orElseThrow();
    started(machine("single", List.of()));
    becomes("ports", 1);
    nobodyMayBeAsked();
    Problem problem = refusal(() -> machine("double", List.of(inner, blue)));
    assertThat(problem.code()).isEqualTo("machine.no-offer");
    assertThat(quota(problem).path("wanted").asText()).isEqualTo("2 ports");
    assertThat(quota(problem).path("offered").asText())
        .isEqualTo("1 ports left in the account's quota, used by single");
    assertThat(quota(problem).path("remedy").asText())
        .isEqualTo("delete machines of the account, or have its quota raised");
    world.cloud.calm();
    started(machine("another", List.of(inner)));
    becomes("ports", 0);
  }
}
