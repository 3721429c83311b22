package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Handle;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The agent is killed at any moment over guests of one kind: nothing is lost or there twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AgentKills {
  private final String folder;
  private final String kind;
  private final String image;
  private final int many;
  private final int rounds;
  Rig rig;

  /**
   * @param many machines at a time
   * @param rounds of three kills
   */
  AgentKills(String folder, String kind, String image, int many, int rounds) {
    this.folder = folder;
    this.kind = kind;
    this.image = image;
    this.many = many;
    this.rounds = rounds;
  }

  @BeforeAll
  void open() throws IOException {
    rig = new Rig(Path.of("target", folder), kind);
  }

  @AfterAll
  void close() {
    rig.close();
  }

  Handle create(String name) {
    return rig.create(rig.order(name, image, "", Optional.empty()));
  }

  void killAndStart(long afterMillis) throws IOException {
    CompletableFuture.runAsync(
            rig::killAgent, CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS))
        .join();
    rig.agent = rig.startAgent();
  }

  @Test
  void killsAtAnyMomentLoseNothingAndDoubleNothing() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int kill = 0; kill < rounds; kill++) {
      List<Handle> machines = IntStream.range(0, many).mapToObj(i -> create("m" + i)).toList();
      killAndStart(random.nextInt(600));
      machines.forEach(machine -> rig.awaitState(machine, MachineState.STARTED));
      machines.forEach(machine -> rig.awaitPage(machine, "/"));
      rig.connector.machines().act(machines.get(0), MachineAction.RESTART);
      rig.connector.machines().act(machines.get(1), MachineAction.STOP);
      killAndStart(random.nextInt(400));
      rig.awaitState(machines.get(0), MachineState.STARTED);
      rig.awaitState(machines.get(1), MachineState.STOPPED);
      // STARTED may be what was before the restart, whose two guests overlap for a moment
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(rig.everyGuest()).hasSize(many - 1));
      machines.forEach(machine -> rig.connector.machines().delete(machine));
      killAndStart(random.nextInt(400));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              machines.stream()
                  .allMatch(machine -> rig.connector.machines().read(machine).isEmpty()));
      await().until(() -> rig.everyGuest().findAny().isEmpty());
    }
  }
}
