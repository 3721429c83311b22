package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Rig.Call;
import io.meltemi.connector.kit.Rig.LostAnswers;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Snapshots of machines, and machines restored from them. */
interface MachineSnapshotBehaviours extends Behaviours {
  private MachineSnapshotBench snapshots() {
    return bench().machineSnapshots().needed();
  }

  private LostAnswers losing() {
    return bench().power(bench().rig().losesAnswers(), "lose answers");
  }

  @Test
  default void aMachineSnapshotIsFoundByItsTokenAndBecomesReady() {
    MachineSnapshotBench snapshots = snapshots();
    Token token = bench().token();
    Handle snapshot = snapshots.taken(bench().started("model"), token);
    assertThat(snapshots.all().find(token)).containsExactly(snapshot);
    assertThat(snapshots.all().list()).containsOnlyOnce(new Marked(snapshot, token));
  }

  @Test
  default void takingASnapshotKeepsTheMachine() {
    MachineSnapshotBench snapshots = snapshots();
    Handle machine = bench().started("model");
    snapshots.taken(machine);
    bench().reaches(machine, MachineState.STARTED);
  }

  @Test
  default void aMachineIsRestoredToTheStateOfEachOfItsSnapshots() {
    MachineSnapshotBench snapshots = snapshots();
    bench().needs(Capability.FORCE_STOP);
    Handle machine = bench().started("model");
    Handle running = snapshots.taken(machine);
    bench().act(machine, MachineAction.FORCE_STOP);
    Handle stopped = snapshots.taken(machine);
    snapshots.restored(machine, running, MachineState.STARTED);
    snapshots.restored(machine, stopped, MachineState.STOPPED);
  }

  @Test
  default void aRestoreCanBeCarriedOutAgain() {
    MachineSnapshotBench snapshots = snapshots();
    bench().needs(Capability.FORCE_STOP);
    Handle machine = bench().started("model");
    Handle running = snapshots.taken(machine);
    bench().act(machine, MachineAction.FORCE_STOP);
    snapshots.restored(machine, running, MachineState.STARTED);
    snapshots.restored(machine, running, MachineState.STARTED);
  }

  @Test
  default void aMachineIsNotSeenAsItWasOnceItsRestoreIsAccepted() {
    MachineSnapshotBench snapshots = snapshots();
    bench().needs(Capability.FORCE_STOP);
    Handle machine = bench().started("model");
    Handle running = snapshots.taken(machine);
    bench().act(machine, MachineAction.FORCE_STOP);
    snapshots.all().restore(machine, running);
    assertThat(bench().read(machine).state()).isIn(MachineState.RESTORING, MachineState.STARTED);
  }

  @Test
  default void aRestoreThatFailsLeavesTheMachineAndTellsTheProvidersReason() {
    MachineSnapshotBench snapshots = snapshots();
    bench().needs(Capability.FORCE_STOP);
    var badly = bench().power(bench().rig().endsRestoreBadly(), "let a restore fail");
    Handle machine = bench().started("model");
    Handle running = snapshots.taken(machine);
    bench().act(machine, MachineAction.FORCE_STOP);
    badly.accept("the chain of disks is broken");
    snapshots.all().restore(machine, running);
    bench().reaches(machine, MachineState.STOPPED);
    assertThat(snapshots.all().read(running).flatMap(Snapshots.Taken::reason).orElse(""))
        .contains("the chain of disks is broken");
    snapshots.restored(machine, running, MachineState.STARTED);
    assertThat(snapshots.all().read(running).flatMap(Snapshots.Taken::reason)).isEmpty();
  }

  @Test
  default void aDeletedMachineSnapshotIsGoneAndCanBeDeletedAgain() {
    MachineSnapshotBench snapshots = snapshots();
    Token token = bench().token();
    Handle machine = bench().started("model");
    Handle snapshot = snapshots.taken(machine, token);
    snapshots.all().delete(snapshot);
    snapshots.vanishes(snapshot);
    assertThat(snapshots.all().find(token)).isEmpty();
    assertThat(snapshots.all().list()).extracting(Marked::handle).doesNotContain(snapshot);
    assertThatCode(() -> snapshots.all().delete(snapshot)).doesNotThrowAnyException();
    bench().reaches(machine, MachineState.STARTED);
  }

  @Test
  default void aMachineSnapshotOutlivesTheOneBeforeIt() {
    MachineSnapshotBench snapshots = snapshots();
    Handle machine = bench().started("model");
    Handle before = snapshots.taken(machine);
    Handle after = snapshots.taken(machine);
    snapshots.all().delete(before);
    snapshots.vanishes(before);
    assertThat(snapshots.isReady(after)).isTrue();
    snapshots.restored(machine, after, MachineState.STARTED);
  }

  @Test
  default void aMachineSnapshotGoesWithItsMachine() {
    MachineSnapshotBench snapshots = snapshots();
    Token token = bench().token();
    Handle machine = bench().started("model");
    Handle snapshot = snapshots.taken(machine, token);
    bench().machines().delete(machine);
    bench().vanishes(machine);
    assertThat(snapshots.all().read(snapshot)).isEmpty();
    assertThat(snapshots.all().find(token)).isEmpty();
    assertThat(snapshots.all().list()).extracting(Marked::handle).doesNotContain(snapshot);
  }

  @Test
  default void aMachineSnapshotIsNoMachineAndNoImage() {
    MachineSnapshotBench snapshots = snapshots();
    Token token = bench().token();
    Handle snapshot = snapshots.taken(bench().started("model"), token);
    assertThat(bench().machines().find(token)).isEmpty();
    assertThat(bench().images().find(token)).isEmpty();
    assertThat(bench().connector().discover().images())
        .extracting(Inventory.Image::id)
        .doesNotContain(snapshot.value());
  }

  @Test
  default void findingAMachineSnapshotByAnUnknownTokenIsEmpty() {
    assertThat(bench().machineSnapshots().all().find(bench().token())).isEmpty();
  }

  @Test
  default void readingAnUnknownMachineSnapshotIsEmpty() {
    MachineSnapshotBench snapshots = snapshots();
    Handle snapshot = snapshots.taken(bench().started("model"));
    Handle unknown = ReadingBehaviours.Handles.unknownLike(snapshot);
    assertThat(snapshots.all().read(unknown)).isEmpty();
  }

  @Test
  default void aSnapshotOfAnUnknownMachineIsABadRequest() {
    MachineSnapshotBench snapshots = snapshots();
    Handle unknown = ReadingBehaviours.Handles.unknownLike(bench().started("known"));
    Token token = bench().token();
    assertThat(Bench.fault(() -> snapshots.all().take(unknown, "never", token)))
        .isEqualTo(Fault.BAD_REQUEST);
    assertThat(snapshots.all().find(token)).isEmpty();
  }

  @Test
  default void aSnapshotOfAMachineWithAVolumeIsABadRequest() {
    MachineSnapshotBench snapshots = snapshots();
    VolumeBench volumes = bench().volumes().needed(Capability.VOLUME_ATTACH);
    Handle machine = bench().started("host");
    volumes.attached("data", machine);
    Token token = bench().token();
    assertThat(Bench.fault(() -> snapshots.all().take(machine, "never", token)))
        .isEqualTo(Fault.BAD_REQUEST);
    assertThat(snapshots.all().find(token)).isEmpty();
  }

  @Test
  default void aRestoreOfAMachineWithAVolumeIsABadRequestAndKeepsTheVolume() {
    MachineSnapshotBench snapshots = snapshots();
    VolumeBench volumes = bench().volumes().needed(Capability.VOLUME_ATTACH);
    Handle machine = bench().started("host");
    Handle snapshot = snapshots.taken(machine);
    Handle volume = volumes.attached("data", machine);
    assertThat(Bench.fault(() -> snapshots.all().restore(machine, snapshot)))
        .isEqualTo(Fault.BAD_REQUEST);
    assertThat(volumes.read(volume).attachedTo(machine)).isTrue();
  }

  @Test
  default void aRestoreFromTheSnapshotOfAnotherMachineIsABadRequestAndChangesNothing() {
    MachineSnapshotBench snapshots = snapshots();
    bench().needsMachines(2);
    Handle snapshot = snapshots.taken(bench().started("model"));
    Handle other = bench().stopped("other");
    assertThat(Bench.fault(() -> snapshots.all().restore(other, snapshot)))
        .isEqualTo(Fault.BAD_REQUEST);
    assertThat(bench().state(other)).contains(MachineState.STOPPED);
  }

  @Test
  default void machineSnapshotsOfAnotherBrokerAreNeitherListedNorFound() {
    MachineSnapshotBench snapshots = snapshots();
    Token token = bench().token();
    Handle snapshot = snapshots.taken(bench().started("model"), token);
    try (Connector other =
        bench().power(bench().rig().otherBroker(), "open as other broker").get()) {
      assertThat(other.machineSnapshots().find(token)).isEmpty();
      assertThat(other.machineSnapshots().list())
          .extracting(Marked::handle)
          .doesNotContain(snapshot);
    }
  }

  @Test
  default void anUndeclaredMachineSnapshotIsRefusedAsUnsupportedAndLeavesNothing() {
    MachineSnapshotBench snapshots = bench().machineSnapshots();
    Handle machine =
        bench()
            .started(
                bench()
                    .machines()
                    .create(
                        bench().rig().order("weak"),
                        Places.lacking(bench(), Capability.MACHINE_SNAPSHOT),
                        bench().token()));
    Token token = bench().token();
    assertThat(Bench.fault(() -> snapshots.all().take(machine, "never", token)))
        .isEqualTo(Fault.UNSUPPORTED);
    assertThat(Bench.fault(() -> snapshots.all().restore(machine, machine)))
        .isEqualTo(Fault.UNSUPPORTED);
    assertThat(snapshots.all().find(token)).isEmpty();
  }

  @Test
  default void aMachineSnapshotWhoseAnswerWasLostIsFoundByItsToken() {
    MachineSnapshotBench snapshots = snapshots();
    LostAnswers losing = losing();
    Handle machine = bench().started("model");
    losing.next(Call.SNAPSHOT_MACHINE, Duration.ZERO);
    Token token = bench().token();
    assertThat(Bench.fault(() -> snapshots.all().take(machine, "lost", token)))
        .isEqualTo(Fault.UNKNOWN);
    bench().await("the snapshot", () -> snapshots.all().find(token).size() == 1);
    snapshots.ready(snapshots.all().find(token).getFirst());
  }

  @Test
  default void aRestoreWhoseAnswerWasLostCanBeRepeated() {
    MachineSnapshotBench snapshots = snapshots();
    LostAnswers losing = losing();
    bench().needs(Capability.FORCE_STOP);
    Handle machine = bench().started("model");
    Handle running = snapshots.taken(machine);
    bench().act(machine, MachineAction.FORCE_STOP);
    losing.next(Call.RESTORE, Duration.ZERO);
    assertThat(Bench.fault(() -> snapshots.all().restore(machine, running)))
        .isEqualTo(Fault.UNKNOWN);
    bench().reaches(machine, MachineState.STARTED);
    snapshots.restored(machine, running, MachineState.STARTED);
  }
}
