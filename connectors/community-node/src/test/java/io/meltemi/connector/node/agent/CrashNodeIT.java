package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Handle;
import io.meltemi.connector.node.host.DurableFile;
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

/** The agent is killed at any moment: nothing is lost, nothing is there twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashNodeIT {
  private static final int ROUNDS = Integer.getInteger("meltemi.node.rounds", 6);
  private Rig rig;

  @BeforeAll
  void open() throws IOException {
    rig = new Rig(Path.of("target", "node-crash-it"), "process");
  }

  @AfterAll
  void close() {
    rig.close();
  }

  private Handle create(String name) {
    return rig.create(rig.order(name, "meltemi-process", "", Optional.empty()));
  }

  private void killAndStart(long afterMillis) throws IOException {
    CompletableFuture.runAsync(
            rig::killAgent, CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS))
        .join();
    rig.agent = rig.startAgent();
  }

  @Test
  void guestsOutliveTheAgentAndAreTakenIn() throws IOException {
    Handle machine = create("outlives");
    rig.awaitState(machine, MachineState.STARTED);
    String before = rig.awaitPage(machine, "/cgi-bin/info");
    List<Long> guards = rig.everyGuest().map(ProcessHandle::pid).sorted().toList();
    killAndStart(0);
    assertThat(rig.awaitPage(machine, "/cgi-bin/info")).contains(before.substring(0, 20));
    rig.connector.machines().act(machine, MachineAction.PAUSE);
    rig.awaitState(machine, MachineState.PAUSED);
    assertThat(rig.everyGuest().map(ProcessHandle::pid).sorted().toList()).isEqualTo(guards);
    rig.delete(machine);
  }

  @Test
  void aGuestWhoseFolderIsGoneEndsAndIsReportedGone() {
    Handle machine = create("orphan");
    rig.awaitState(machine, MachineState.STARTED);
    ProcessHandle guest = rig.processes(machine).getFirst();
    DurableFile.remove(rig.folder(machine));
    await().atMost(Duration.ofSeconds(60)).until(() -> !guest.isAlive());
    await().until(() -> rig.connector.machines().read(machine).isEmpty());
  }

  @Test
  void aGuestWhoseFolderIsGoneEndsAlsoWithoutAnAgent() throws IOException {
    Handle machine = create("alone");
    rig.awaitState(machine, MachineState.STARTED);
    rig.killAgent();
    DurableFile.remove(rig.folder(machine));
    await().atMost(Duration.ofSeconds(60)).until(() -> rig.everyGuest().findAny().isEmpty());
    rig.agent = rig.startAgent();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> rig.connector.machines().read(machine).isEmpty());
  }

  @Test
  void killsAtAnyMomentLoseNothingAndDoubleNothing() throws IOException {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int kill = 0; kill < ROUNDS; kill++) {
      List<Handle> machines = IntStream.range(0, 3).mapToObj(i -> create("m" + i)).toList();
      killAndStart(random.nextInt(600));
      machines.forEach(machine -> rig.awaitState(machine, MachineState.STARTED));
      rig.connector.machines().act(machines.get(0), MachineAction.RESTART);
      rig.connector.machines().act(machines.get(1), MachineAction.STOP);
      killAndStart(random.nextInt(400));
      rig.awaitState(machines.get(0), MachineState.STARTED);
      rig.awaitState(machines.get(1), MachineState.STOPPED);
      // STARTED may be what was before the restart, whose two guests overlap for a moment
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(rig.everyGuest()).hasSize(2));
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
