package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Handle;
import io.meltemi.connector.kit.Wrong;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every second exchange between agent and broker goes wrong: what is wanted comes about all the
 * same, and once.
 */
class NodeFaultsIT extends NodeFaults {
  NodeFaultsIT() {
    super("process");
  }

  @TestFactory
  Stream<DynamicTest> aMachinesLife() {
    return inEachWay(this::lives);
  }

  private void lives(Wrong wrong) {
    Handle machine =
        rig().create(rig().order(wrong.name(), "meltemi-process", "", Optional.empty()));
    becomes(machine, MachineState.STARTED, 1);
    rig().connector.machines().act(machine, MachineAction.FORCE_STOP);
    becomes(machine, MachineState.STOPPED, 0);
    rig().connector.machines().act(machine, MachineAction.START);
    becomes(machine, MachineState.STARTED, 1);
    rig().connector.machines().delete(machine);
    await().atMost(Rig.BOOT).until(() -> rig().connector.machines().read(machine).isEmpty());
    await().untilAsserted(() -> assertThat(rig().naming(machine)).isEmpty());
    assertThat(rig().folder(machine)).doesNotExist();
  }

  private void becomes(Handle machine, MachineState state, int guests) {
    rig().awaitState(machine, state);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(rig().everyGuest()).hasSize(guests));
  }
}
