package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.ADMIN;
import static io.meltemi.broker.door.World.ANNA;
import static io.meltemi.broker.door.World.BERT;
import static io.meltemi.broker.door.World.json;
import static io.meltemi.broker.door.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorRulesTest {
  @TempDir Path keys;
  private World world;

  @BeforeEach
  void open() {
    world = new World(keys);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Resource config(Caller caller, String name) {
    return world.create(
        caller, "machineConfigs", "{'name': '" + name + "', 'cpu': 2, 'memory': 1024}");
  }

  @Test
  void aFullUpdateRemovesWhatIsLeftOut() {
    Resource config =
        world.create(
            ANNA,
            "machineConfigs",
            "{'name': 'a', 'description': 'd', 'cpu': 2, 'memory': 1024, 'cpuArch': 'x86_64'}");
    Resource changed =
        world
            .broker
            .update(ANNA, config.id(), json("{'cpu': 4, 'memory': 1024}"), Set.of(), World.plain())
            .resource()
            .orElseThrow();
    assertThat(changed.attributes().has("cpuArch")).isFalse();
    assertThat(changed.attributes().has("name")).isFalse();
    assertThat(changed.attributes().path("cpu").asInt()).isEqualTo(4);
  }

  @Test
  void aPartialUpdateChangesWhatItNamesAndNothingElse() {
    Resource config = config(ANNA, "a");
    Resource changed =
        world
            .broker
            .update(ANNA, config.id(), json("{'cpu': 4}"), Set.of("cpu"), World.plain())
            .resource()
            .orElseThrow();
    assertThat(changed.attributes().path("name").asText()).isEqualTo("a");
    assertThat(changed.attributes().path("cpu").asInt()).isEqualTo(4);
    assertThat(
            refusal(() ->
                    world.broker.update(
                        ANNA,
                        config.id(),
                        json("{'cpu': 4, 'memory': 1}"),
                        Set.of("cpu"),
                        World.plain()))
                .field())
        .contains("memory");
  }

  @Test
  void whatOnlyTheProviderSetsIsSilentlyLeftAside() {
    Resource image =
        world.create(
            ANNA,
            "machineImages",
            "{'name': 'i', 'type': 'IMAGE', 'imageLocation': 'u:1', 'state': 'ERROR'}");
    assertThat(image.attributes().path("state").asText()).isEqualTo("AVAILABLE");
    Resource changed =
        world
            .broker
            .update(
                ANNA,
                image.id(),
                json("{'name': 'j', 'type': 'SNAPSHOT', 'imageLocation': 'u:2'}"),
                Set.of(),
                World.plain())
            .resource()
            .orElseThrow();
    assertThat(changed.attributes().path("type").asText()).isEqualTo("IMAGE");
    assertThat(changed.attributes().path("imageLocation").asText()).isEqualTo("u:2");
  }

  @Test
  void aStaleVersionIsRefused() {
    Resource config = config(ANNA, "a");
    assertThat(
            refusal(() ->
                    world.broker.update(
                        ANNA,
                        config.id(),
                        json("{'name': 'b'}"),
                        Set.of("name"),
                        World.expecting(config.generation() + 1)))
                .status())
        .isEqualTo(412);
    assertThat(
            refusal(() ->
                    world.broker.delete(
                        ANNA, config.id(), World.expecting(config.generation() + 1)))
                .status())
        .isEqualTo(412);
  }

  @Test
  void deletingBlanksReferencesToWhatIsGone() {
    Resource config = config(ANNA, "a");
    Resource template =
        world.create(
            ANNA, "machineTemplates", "{'machineConfig': {'href': '" + config.id() + "'}}");
    world.broker.delete(ANNA, config.id(), World.plain());
    assertThat(world.broker.read(ANNA, template.id()).attributes().has("machineConfig")).isFalse();
  }

  @Test
  void whatHasNoDryRunIsRefusedAndNotDone() {
    Problem problem =
        refusal(() ->
            world.broker.create(
                ANNA, "machineConfigs", json("{'cpu': 1, 'memory': 1}"), World.dry()));
    assertThat(problem.code()).isEqualTo("operation.no-dry-run");
    assertThat(world.broker.list(ANNA, "machineConfigs", World.ALL).count()).isEqualTo(1);
  }

  @Test
  void aTemplateThatNoOrderCouldUseIsRefusedWhenItIsWritten() {
    String template =
        "{'machineConfig': {'href': '" + world.small + "'}, 'placement': {'policy': 'best'}}";
    assertThat(refusal(() -> world.create(ANNA, "machineTemplates", template)).code())
        .isEqualTo("placement.unknown-policy");
  }

  @Test
  void anUnknownReferenceIsRefusedByName() {
    assertThat(
            refusal(() ->
                    world.create(
                        ANNA,
                        "machineTemplates",
                        "{'machineConfig': {'href': 'machineConfigs/none'}}"))
                .field())
        .contains("machineConfig");
    Resource foreign = config(BERT, "b");
    assertThat(
            refusal(() ->
                    world.create(
                        ANNA,
                        "machineTemplates",
                        "{'machineConfig': {'href': '" + foreign.id() + "'}}"))
                .code())
        .isEqualTo("reference.unknown");
  }

  @Test
  void theHousesRowsAreSeenByAllAndChangedByOperatorsOnly() {
    assertThat(world.broker.read(ANNA, world.small).operations()).isEmpty();
    assertThat(refusal(() -> world.broker.delete(ANNA, world.small, World.plain())).code())
        .isEqualTo("right.house");
    assertThat(world.broker.read(ADMIN, world.small).operations()).contains("edit", "delete");
    world.broker.delete(ADMIN, world.small, World.plain());
    assertThat(refusal(() -> world.broker.read(ANNA, world.small)).status()).isEqualTo(404);
  }

  @Test
  void theSameKeyGetsTheSameAnswerAndAnotherDigestIsRefused() {
    Reply first =
        world.broker.create(
            ANNA, "machines", json(world.order("m", "")), World.intent(Optional.of("k"), "a"));
    Reply again =
        world.broker.create(
            ANNA, "machines", json(world.order("m", "")), World.intent(Optional.of("k"), "a"));
    assertThat(again.replayed()).isTrue();
    assertThat(again.resource()).isEqualTo(first.resource());
    assertThat(again.job().map(Resource::id)).isEqualTo(first.job().map(Resource::id));
    assertThat(
            refusal(() ->
                    world.broker.create(
                        ANNA,
                        "machines",
                        json(world.order("n", "")),
                        World.intent(Optional.of("k"), "b")))
                .status())
        .isEqualTo(409);
    assertThat(
            world
                .broker
                .create(
                    BERT,
                    "machineConfigs",
                    json("{'cpu': 1, 'memory': 1}"),
                    World.intent(Optional.of("k"), "z"))
                .replayed())
        .isFalse();
  }

  @Test
  void fiftyAtOnceWithOneKeyMakeOneMachine() throws Exception {
    List<Future<Reply>> replies = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 50; i++) {
        replies.add(
            threads.submit(() ->
                world.broker.create(
                    ANNA,
                    "machines",
                    json(world.order("m", "")),
                    World.intent(Optional.of("k"), "a"))));
      }
    }
    Set<String> machines = new TreeSet<>();
    for (Future<Reply> reply : replies) {
      machines.add(reply.get().resource().orElseThrow().id());
    }
    assertThat(machines).hasSize(1);
    assertThat(world.broker.list(ANNA, "machines", World.ALL).count()).isEqualTo(1);
  }

  @Test
  void theBrokersOwnKindsAreThereForWhomTheyAreMeant() {
    for (String collection : List.of("offers", "locations", "policies", "connectors", "events")) {
      assertThat(world.broker.list(ANNA, collection, World.ALL).operations()).isEmpty();
    }
    assertThat(world.broker.list(ANNA, "offers", World.ALL).count()).isEqualTo(2);
    assertThat(
            refusal(() ->
                    world.broker.create(
                        ANNA,
                        "users",
                        json("{'name': 'x', 'password': '12345678'}"),
                        World.through(Face.BROKER_1)))
                .code())
        .isEqualTo("right.operator");
  }

  @Test
  void whatTheDoctorFindsIsForThoseWhoRunTheHouse() {
    assertThat(world.broker.list(ADMIN, "findings", World.ALL).operations()).isEmpty();
    assertThat(world.broker.list(ANNA, "findings", World.ALL).count()).isZero();
    for (Caller caller : List.of(ANNA, ADMIN)) {
      assertThat(
              refusal(() -> world.broker.delete(caller, "findings/none", World.plain())).status())
          .isEqualTo(404);
    }
  }

  @Test
  void anApiTokenIsShownOnce() {
    Reply reply =
        world.broker.create(
            ANNA, "apiTokens", json("{'name': 'ci'}"), World.through(Face.BROKER_1));
    Resource token = reply.resource().orElseThrow();
    assertThat(token.attributes().path("token").asText()).startsWith("mlt_");
    assertThat(world.broker.read(ANNA, token.id()).attributes().has("token")).isFalse();
    assertThat(world.broker.list(World.READER, "apiTokens", World.ALL).count()).isZero();
  }
}
