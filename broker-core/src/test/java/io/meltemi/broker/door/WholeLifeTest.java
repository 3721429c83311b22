package io.meltemi.broker.door;

import static io.meltemi.broker.door.World.ADMIN;
import static io.meltemi.broker.door.World.ANNA;
import static io.meltemi.broker.door.World.json;
import static io.meltemi.broker.door.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.Broker;
import io.meltemi.broker.Reply;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.model.Problem;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an account to a machine and back, through the door alone. */
class WholeLifeTest {
  private static final String CLOUD =
      """
      name: aegean
      password: planted-secret
      places:
        - location: { id: aegean-1, country: GR }
          cpuArchitecture: x86_64
          abilities: [START, STOP, FORCE_STOP, RESTART, PAUSE, CAPTURE, CONSOLE, VOLUME_ATTACH]
      sizes:
        - id: s
          name: small
          shape: { machines: 1, cpu: 1, memoryKibibytes: 1048576, diskKilobytes: 10000000 }
          price: { perHour: 0.01, currency: EUR }
      images:
        - { id: deb, name: debian-12, cpuArchitecture: x86_64 }
      """;

  @TempDir Path keys;
  private ScriptedWorld world;
  private Store store;
  private Broker broker;

  @BeforeEach
  void open() throws IOException {
    world = new ScriptedWorld(keys, CLOUD);
    store = world.store;
    broker = world.broker;
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Reply register(String password) {
    return broker.create(
        ADMIN,
        "accounts",
        json(
            "{'name': 'aegean', 'connector': 'scripted', 'settings': {'address':"
                + " 'memory:aegean', 'password': '"
                + password
                + "'}, 'limits': {'watchMilliseconds': 100}}"),
        World.through(Face.BROKER_1));
  }

  private String state(String path) {
    return broker.read(ANNA, path).attributes().path("state").asText();
  }

  @Test
  void anAccountWhoseProviderRefusesItIsNotStored() {
    Problem problem = refusal(() -> register("wrong"));
    assertThat(problem.code()).isEqualTo("account.refused");
    assertThat(problem.providerWords()).isPresent();
    assertThat(broker.list(ADMIN, "accounts", World.ALL).count()).isZero();
  }

  @Test
  void aMisspeltSettingIsRefusedWithTheNearestOne() {
    Problem problem =
        refusal(() ->
            broker.create(
                ADMIN,
                "accounts",
                json("{'connector': 'scripted', 'settings': {'adress': 'x'}}"),
                World.through(Face.BROKER_1)));
    assertThat(problem.field()).contains("settings.adress");
    assertThat(problem.remedy()).contains("address");
  }

  @Test
  void aMachineIsOrderedStoppedAndDeletedThroughTheDoor() {
    Resource account = register("planted-secret").resource().orElseThrow();
    assertThat(account.attributes().toString()).doesNotContain("planted-secret");
    assertThat(broker.read(ADMIN, account.id()).attributes().toString())
        .doesNotContain("planted-secret");
    assertThat(store.read(Store.EVERYBODY, account.id()).orElseThrow().document().toString())
        .doesNotContain("planted-secret");
    await().until(() -> broker.list(ANNA, "offers", World.ALL).count() == 1);
    String image = broker.list(ANNA, "machineImages", World.ALL).items().getFirst().id();
    Reply reply =
        broker.create(
            ANNA,
            "machines",
            json(
                "{'name': 'web', 'machineTemplate': {'machineConfig': {'cpu': 1, 'memory': 524288},"
                    + " 'machineImage': {'href': '"
                    + image
                    + "'}}}"),
            World.plain());
    String machine = reply.resource().orElseThrow().id();
    await().until(() -> state(machine).equals("STARTED"));
    await().until(() -> state(reply.job().orElseThrow().id()).equals("SUCCESS"));
    assertThat(broker.read(ANNA, machine).attributes().path("location").asText())
        .isEqualTo("aegean-1");
    broker.act(ANNA, machine, "stop", json("{}"), World.plain());
    await().until(() -> state(machine).equals("STOPPED"));
    assertThat(refusal(() -> broker.delete(ADMIN, account.id(), World.plain())).code())
        .isEqualTo("account.in-use");
    broker.delete(ANNA, machine, World.plain());
    await().until(() -> broker.list(ANNA, "machines", World.ALL).count() == 0);
    assertThat(store.claimed("tenant:t1").machines()).isZero();
  }

  /** As when an operator replaces flavors: what stands there can do what it could. */
  @Test
  void aMachineWhoseSizeIsWithdrawnKeepsItsOperations() {
    register("planted-secret");
    await().until(() -> broker.list(ANNA, "offers", World.ALL).count() == 1);
    String machine = ordered(broker.list(ANNA, "machineImages", World.ALL).items().getFirst().id());
    await().until(() -> state(machine).equals("STARTED"));
    Resource before = broker.read(ANNA, machine);
    assertThat(before.operations()).contains("pause", "capture", "connectvolume");
    assertThat(before.attributes().has("console")).isTrue();
    world.cloud.script(CLOUD.replace("id: s\n", "id: s2\n"));
    world.shop.accounts().all().forEach(each -> world.shop.discovery().hurry(each.id()));
    await()
        .until(() ->
            world.shop.catalog().offers("t1").offers().stream()
                .allMatch(offer -> offer.size().equals(Optional.of("s2"))));
    Resource after = broker.read(ANNA, machine);
    assertThat(after.operations()).isEqualTo(before.operations());
    assertThat(after.attributes().has("console")).isTrue();
    broker.act(ANNA, machine, "pause", json("{}"), World.plain());
    await().until(() -> state(machine).equals("PAUSED"));
  }

  @Test
  void aCapturedMachineBecomesAnImageThatBootsAnother() {
    register("planted-secret");
    await().until(() -> broker.list(ANNA, "offers", World.ALL).count() == 1);
    String image = broker.list(ANNA, "machineImages", World.ALL).items().getFirst().id();
    String machine = ordered(image);
    await().until(() -> state(machine).equals("STARTED"));
    Resource copy =
        broker
            .create(
                ANNA,
                "machineImages",
                json("{'name': 'copy', 'type': 'IMAGE', 'imageLocation': '" + machine + "'}"),
                World.plain())
            .resource()
            .orElseThrow();
    await().until(() -> state(copy.id()).equals("AVAILABLE"));
    await()
        .until(() ->
            world.shop.catalog().offers("t1").offers().getFirst().images().containsKey(copy.id()));
    String second = ordered(copy.id());
    await().until(() -> state(second).equals("STARTED"));
  }

  @Test
  void aJobThatIsDeletedWhileItRunsIsStoppedFirstAndThenGone() {
    register("planted-secret");
    await().until(() -> broker.list(ANNA, "offers", World.ALL).count() == 1);
    String image = broker.list(ANNA, "machineImages", World.ALL).items().getFirst().id();
    world.cloud.plan(Mishap.hang("create", Duration.ofSeconds(3)));
    Reply order = order(image);
    String job = order.job().orElseThrow().id();

    assertThat(order.job().orElseThrow().operations()).contains("delete");
    Reply deleted = broker.delete(ANNA, job, World.plain());

    assertThat(deleted.accepted()).isTrue();
    assertThat(deleted.resource().orElseThrow().attributes().path("state").asText())
        .isEqualTo("STOPPING");
    await().until(() -> store.read("t1", job).isEmpty());
    await().until(() -> broker.list(ANNA, "machines", World.ALL).count() == 0);
  }

  private String ordered(String image) {
    return order(image).resource().orElseThrow().id();
  }

  private Reply order(String image) {
    return broker.create(
        ANNA,
        "machines",
        json(
            "{'machineTemplate': {'machineConfig': {'cpu': 1, 'memory': 524288},"
                + " 'machineImage': {'href': '"
                + image
                + "'}}}"),
        World.plain());
  }
}
