package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Actions which the connector says it can do. */
interface ActionBehaviours extends Behaviours {
  @Test
  default void aStoppedMachineStarts() {
    bench().needs(Capability.START);
    bench().act(bench().stopped("starts"), MachineAction.START);
  }

  @Test
  default void aStartedMachineStops() {
    bench().needs(Capability.STOP);
    bench().act(bench().started("stops"), MachineAction.STOP);
  }

  @Test
  default void aStartedMachineIsStoppedByForce() {
    bench().needs(Capability.FORCE_STOP);
    bench().act(bench().started("forced"), MachineAction.FORCE_STOP);
  }

  @Test
  default void aRestartEndsStartedAndKeepsIdentityAndAddresses() {
    bench().needs(Capability.RESTART);
    restartKeeps(MachineAction.RESTART);
  }

  @Test
  default void aForcedRestartEndsStartedAndKeepsIdentityAndAddresses() {
    bench().needs(Capability.FORCE_STOP);
    restartKeeps(MachineAction.FORCE_RESTART);
  }

  private void restartKeeps(MachineAction action) {
    Handle machine = bench().started("again");
    Observation before = bench().read(machine);
    bench().act(machine, action);
    Observation after = bench().read(machine);
    assertThat(after.token()).isEqualTo(before.token());
    assertThat(after.name()).isEqualTo(before.name());
    assertThat(after.addresses()).isEqualTo(before.addresses());
  }

  @Test
  default void aStopAndStartKeepIdentityAndAddresses() {
    bench().needs(Capability.START);
    Handle machine = bench().started("keeps");
    Observation before = bench().read(machine);
    bench().needs(Capability.FORCE_STOP);
    bench().act(machine, MachineAction.FORCE_STOP);
    bench().act(machine, MachineAction.START);
    Observation after = bench().read(machine);
    assertThat(after.token()).isEqualTo(before.token());
    assertThat(after.addresses()).isEqualTo(before.addresses());
  }

  @Test
  default void aPausedMachineGoesOnWithStart() {
    bench().needs(Capability.PAUSE);
    Handle machine = bench().started("paused");
    bench().act(machine, MachineAction.PAUSE);
    bench().act(machine, MachineAction.START);
  }

  @Test
  default void aSuspendedMachineGoesOnWithStart() {
    bench().needs(Capability.SUSPEND);
    Handle machine = bench().started("suspended");
    bench().act(machine, MachineAction.SUSPEND);
    bench().act(machine, MachineAction.START);
  }

  @Test
  default void startingAStartedMachineIsHarmless() {
    bench().needs(Capability.START);
    Handle machine = bench().started("running");
    assertThatCode(() -> bench().machines().act(machine, MachineAction.START))
        .doesNotThrowAnyException();
    bench().reaches(machine, MachineState.STARTED);
  }

  @Test
  default void stoppingAStoppedMachineIsHarmless() {
    bench().needs(Capability.STOP);
    Handle machine = bench().stopped("resting");
    assertThatCode(() -> bench().machines().act(machine, MachineAction.STOP))
        .doesNotThrowAnyException();
    assertThatCode(() -> bench().machines().act(machine, MachineAction.FORCE_STOP))
        .doesNotThrowAnyException();
    bench().reaches(machine, MachineState.STOPPED);
  }

  @Test
  default void anActionThatTheStateForbidsIsABadRequestAndChangesNothing() {
    MachineAction forbidden = onlyForAStartedMachine();
    Handle machine = bench().stopped("resting");
    assertThat(Bench.fault(() -> bench().machines().act(machine, forbidden)))
        .isEqualTo(Fault.BAD_REQUEST);
    assertThat(bench().state(machine)).contains(MachineState.STOPPED);
  }

  private MachineAction onlyForAStartedMachine() {
    Set<Capability> abilities = bench().abilities(bench().rig().spot());
    return Stream.of(MachineAction.PAUSE, MachineAction.SUSPEND)
        .filter(action -> abilities.contains(action.needs()))
        .findFirst()
        .orElseThrow(() -> NotTried.unsupported("PAUSE, SUSPEND"));
  }

  @Test
  default void actingOnAnUnknownMachineIsABadRequest() {
    bench().needs(Capability.START);
    Handle unknown = ReadingBehaviours.Handles.unknownLike(bench().create("there"));
    assertThat(Bench.fault(() -> bench().machines().act(unknown, MachineAction.START)))
        .isEqualTo(Fault.BAD_REQUEST);
  }

  @Test
  default void theConsoleShowsWhatTheGuestWrote() {
    bench().needs(Capability.CONSOLE);
    Handle machine = bench().started("speaks");
    bench().await("console text", () -> !bench().machines().console(machine).isBlank());
    assertThat(bench().machines().console(machine).length()).isLessThanOrEqualTo(65536);
  }
}
