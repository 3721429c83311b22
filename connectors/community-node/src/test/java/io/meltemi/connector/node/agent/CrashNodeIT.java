package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Handle;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Process guests, which cost little: many kills, and guests without an agent. */
class CrashNodeIT extends AgentKills {
  CrashNodeIT() {
    super(
        "node-crash-it",
        "process",
        "meltemi-process",
        3,
        Integer.getInteger("meltemi.node.rounds", 6));
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
    rig.removeFolder(machine);
    await().atMost(Duration.ofSeconds(60)).until(() -> !guest.isAlive());
    await().until(() -> rig.connector.machines().read(machine).isEmpty());
  }

  @Test
  void aGuestWhoseFolderIsGoneEndsAlsoWithoutAnAgent() throws IOException {
    Handle machine = create("alone");
    rig.awaitState(machine, MachineState.STARTED);
    rig.killAgent();
    rig.removeFolder(machine);
    await().atMost(Duration.ofSeconds(60)).until(() -> rig.everyGuest().findAny().isEmpty());
    rig.agent = rig.startAgent();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> rig.connector.machines().read(machine).isEmpty());
  }
}
