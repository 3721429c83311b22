package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.VolumeState;
import org.junit.jupiter.api.Test;

/** Volumes at machines. */
interface AttachmentBehaviours extends Behaviours {
  private VolumeBench volumes() {
    return bench().volumes().needed(Capability.VOLUME_ATTACH);
  }

  @Test
  default void aVolumeIsAttachedToAStartedMachineAndShowsIt() {
    VolumeBench volumes = volumes();
    Handle machine = bench().started("host");
    Handle volume = volumes.attached("attached", machine);
    assertThat(volumes.read(volume).state()).isEqualTo(VolumeState.AVAILABLE);
    assertThat(volumes.read(volume).attachments()).hasSize(1);
  }

  @Test
  default void aVolumeIsAttachedToAStoppedMachineAndStaysWhenItStarts() {
    VolumeBench volumes = volumes();
    bench().needs(Capability.START);
    Handle machine = bench().stopped("resting");
    Handle volume = volumes.attached("patient", machine);
    bench().act(machine, MachineAction.START);
    assertThat(volumes.read(volume).attachedTo(machine)).isTrue();
  }

  @Test
  default void aStopAndStartKeepTheVolumesOfAMachine() {
    VolumeBench volumes = volumes();
    bench().needs(Capability.START);
    bench().needs(Capability.FORCE_STOP);
    Handle machine = bench().started("host");
    Handle volume = volumes.attached("faithful", machine);
    bench().act(machine, MachineAction.FORCE_STOP);
    assertThat(volumes.read(volume).attachedTo(machine)).isTrue();
    bench().act(machine, MachineAction.START);
    assertThat(volumes.read(volume).attachedTo(machine)).isTrue();
  }

  @Test
  default void twoVolumesAreAttachedToOneMachine() {
    VolumeBench volumes = volumes();
    Handle machine = bench().started("host");
    Handle first = volumes.attached("first", machine);
    Handle second = volumes.attached("second", machine);
    assertThat(volumes.read(first).attachedTo(machine)).isTrue();
    assertThat(volumes.read(second).attachedTo(machine)).isTrue();
  }

  @Test
  default void attachingTwiceIsHarmless() {
    VolumeBench volumes = volumes();
    Handle machine = bench().started("host");
    Handle volume = volumes.attached("twice", machine);
    assertThatCode(() -> volumes.all().attach(volume, machine)).doesNotThrowAnyException();
    assertThat(volumes.read(volume).attachments()).hasSize(1);
  }

  @Test
  default void aDetachedVolumeStandsAloneAndCanBeAttachedAgain() {
    VolumeBench volumes = volumes();
    Handle machine = bench().started("host");
    Handle volume = volumes.attached("comes-and-goes", machine);
    volumes.all().detach(volume, machine);
    volumes.standsAlone(volume);
    volumes.all().attach(volume, machine);
    volumes.isAttached(volume, machine);
  }

  @Test
  default void detachingTwiceIsHarmless() {
    VolumeBench volumes = volumes();
    Handle machine = bench().started("host");
    Handle volume = volumes.attached("twice-off", machine);
    volumes.all().detach(volume, machine);
    volumes.standsAlone(volume);
    assertThatCode(() -> volumes.all().detach(volume, machine)).doesNotThrowAnyException();
    volumes.standsAlone(volume);
  }

  @Test
  default void detachingAnUnknownVolumeSucceeds() {
    VolumeBench volumes = volumes();
    Handle machine = bench().started("host");
    Handle unknown = ReadingBehaviours.Handles.unknownLike(volumes.available("known"));
    assertThatCode(() -> volumes.all().detach(unknown, machine)).doesNotThrowAnyException();
  }

  @Test
  default void attachingAnUnknownVolumeIsABadRequest() {
    VolumeBench volumes = volumes();
    Handle machine = bench().started("host");
    Handle unknown = ReadingBehaviours.Handles.unknownLike(volumes.available("known"));
    assertThat(Bench.fault(() -> volumes.all().attach(unknown, machine)))
        .isEqualTo(Fault.BAD_REQUEST);
  }

  @Test
  default void anAttachedVolumeIsRefusedToAnotherMachine() {
    VolumeBench volumes = volumes();
    bench().needsMachines(2);
    Handle machine = bench().started("host");
    Handle other = bench().started("other");
    Handle volume = volumes.attached("taken", machine);
    assertThat(Bench.fault(() -> volumes.all().attach(volume, other))).isEqualTo(Fault.BAD_REQUEST);
    assertThat(volumes.read(volume).attachedTo(machine)).isTrue();
    assertThat(volumes.read(volume).attachedTo(other)).isFalse();
  }

  @Test
  default void anAttachedVolumeIsNotDeletedAndStaysAttached() {
    VolumeBench volumes = volumes();
    Handle machine = bench().started("host");
    Handle volume = volumes.attached("needed", machine);
    assertThat(Bench.fault(() -> volumes.all().delete(volume))).isEqualTo(Fault.BAD_REQUEST);
    assertThat(volumes.read(volume).attachedTo(machine)).isTrue();
  }

  @Test
  default void aVolumeOutlivesItsMachine() {
    VolumeBench volumes = volumes();
    Handle machine = bench().started("mortal");
    Handle volume = volumes.attached("survivor", machine);
    bench().machines().delete(machine);
    bench().vanishes(machine);
    volumes.standsAlone(volume);
  }

  @Test
  default void anUndeclaredAttachmentIsRefusedAsUnsupported() {
    Spot spot = Places.lacking(bench(), Capability.VOLUME_ATTACH);
    Handle machine =
        bench()
            .started(bench().machines().create(bench().rig().order("weak"), spot, bench().token()));
    Handle volume = UndeclaredBehaviours.volumeIfAny(bench());
    assertThat(Bench.fault(() -> bench().volumes().all().attach(volume, machine)))
        .isEqualTo(Fault.UNSUPPORTED);
  }
}
