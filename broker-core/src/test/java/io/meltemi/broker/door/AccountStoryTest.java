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
import io.meltemi.connector.scripted.Backstage;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.schema.Face;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account is disabled and deleted, and nothing that was made there is left behind. */
class AccountStoryTest {
  private static final String CLOUD =
      """
      name: aegean
      delays: { create: PT0S, stop: PT0S, start: PT0S }
      places:
        - location: { id: aegean-1, country: GR }
          cpuArchitecture: x86_64
          abilities: [START, STOP, FORCE_STOP, RESTART, PAUSE, CAPTURE, MACHINE_SNAPSHOT]
      sizes:
        - id: s
          name: small
          shape: { machines: 1, cpu: 1, memoryKibibytes: 1048576, diskKilobytes: 10000000 }
      images:
        - { id: deb, name: debian-12, cpuArchitecture: x86_64 }
      """;

  @TempDir Path keys;
  private ScriptedWorld world;
  private Broker broker;
  private String account;

  @BeforeEach
  void open() throws IOException {
    world = new ScriptedWorld(keys, CLOUD);
    broker = world.broker;
    account =
        broker
            .create(
                ADMIN,
                "accounts",
                json(
                    "{'name': 'aegean', 'connector': 'scripted', 'settings': {'address':"
                        + " 'memory:aegean'}, 'limits': {'watchMilliseconds': 100,"
                        + " 'lookSeconds': 1, 'longestDelaySeconds': 8}}"),
                World.through(Face.BROKER_1))
            .resource()
            .orElseThrow()
            .id();
    await().until(() -> broker.list(ANNA, "offers", World.ALL).count() == 1);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String debian() {
    return broker.list(ANNA, "machineImages", World.ALL).items().stream()
        .filter(image -> image.attributes().path("name").asText().equals("debian-12"))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private Reply order() {
    return broker.create(
        ANNA,
        "machines",
        json(
            "{'machineTemplate': {'machineConfig': {'cpu': 1, 'memory': 524288},"
                + " 'machineImage': {'href': '"
                + debian()
                + "'}}}"),
        World.plain());
  }

  private String machine() {
    String machine = order().resource().orElseThrow().id();
    await().until(() -> state(machine).equals("STARTED"));
    return machine;
  }

  private String image(String machine, String type) {
    String body = "{'name': 'copy', 'type': '%s', 'imageLocation': '%s'}".formatted(type, machine);
    String image =
        broker
            .create(ANNA, "machineImages", json(body), World.plain())
            .resource()
            .orElseThrow()
            .id();
    await().until(() -> state(image).equals("AVAILABLE"));
    return image;
  }

  private String state(String path) {
    return broker.read(ANNA, path).attributes().path("state").asText();
  }

  private void act(String machine, String operation, String after) {
    broker.act(ANNA, machine, operation, json("{}"), World.plain());
    await().until(() -> state(machine).equals(after));
  }

  private void turn(String operation) {
    broker.act(ADMIN, account, operation, json("{}"), World.through(Face.BROKER_1));
  }

  private void delete(String path) {
    broker.delete(ANNA, path, World.plain());
    await().until(() -> world.store.read(Store.EVERYBODY, path).isEmpty());
  }

  private Problem refused() {
    assertThat(broker.read(ADMIN, account).operations()).doesNotContain("delete");
    Problem problem = refusal(() -> broker.delete(ADMIN, account, World.plain()));
    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.code()).isEqualTo("account.in-use");
    return problem;
  }

  @Test
  void aDisabledAccountTakesNoOrdersAndItsMachinesStayAsTheyWere() {
    String machine = machine();
    var before = broker.read(ANNA, machine).operations();
    turn("disable");

    assertThat(broker.list(ANNA, "offers", World.ALL).count()).isZero();
    assertThat(refusal(this::order).code()).isEqualTo("machine.no-offer");
    assertThat(broker.read(ANNA, machine).operations()).isEqualTo(before).contains("pause");
    assertThat(broker.read(ADMIN, account).operations())
        .contains("enable", "discover")
        .doesNotContain("disable");

    act(machine, "stop", "STOPPED");
    act(machine, "start", "STARTED");
    String image = image(machine, "IMAGE");
    delete(image);
    delete(machine);
    assertThat(world.cloud.everything()).isEmpty();
    turn("enable");
    assertThat(broker.list(ANNA, "offers", World.ALL).count()).isEqualTo(1);
  }

  @Test
  void anAccountWithACapturedImageStaysAndIsToldWhich() {
    String machine = machine();
    String image = image(machine, "IMAGE");
    delete(machine);
    assertThat(refused().message()).contains(image);
    delete(image);
    broker.delete(ADMIN, account, World.plain());
    assertThat(world.store.read(Store.EVERYBODY, account)).isEmpty();
  }

  @Test
  void snapshotsOfMachinesAreToldTooAndGoWithThem() {
    String machine = machine();
    String snapshot = image(machine, "SNAPSHOT");
    assertThat(refused().message()).contains(machine, snapshot);
    delete(machine);
    broker.delete(ADMIN, account, World.plain());
  }

  @Test
  void imagesThatOnlyADeletedAccountHadAreNoLongerAvailable() {
    String image = debian();
    assertThat(state(image)).isEqualTo("AVAILABLE");
    broker.delete(ADMIN, account, World.plain());
    assertThat(state(image)).isEqualTo("ERROR");
    assertThat(broker.list(ANNA, "offers", World.ALL).count()).isZero();
  }

  @Test
  void anAccountOfWhichSomethingMayStillComeStaysUntilNothingCan() {
    world.cloud.plan(Mishap.late("create", Duration.ofSeconds(2)));
    String machine = order().resource().orElseThrow().id();
    await()
        .until(() ->
            world.cloud.calls().stream().map(Backstage.Call::call).anyMatch("create"::equals));
    delete(machine);
    assertThat(refused().message()).contains("lost");
    await().atMost(Duration.ofSeconds(30)).until(this::deleted);
    assertThat(world.cloud.everything()).isEmpty();
  }

  private boolean deleted() {
    try {
      broker.delete(ADMIN, account, World.plain());
      return true;
    } catch (ProblemException e) {
      return false;
    }
  }
}
