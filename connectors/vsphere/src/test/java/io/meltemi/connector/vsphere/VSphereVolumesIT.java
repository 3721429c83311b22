package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.kit.Orders;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only vSphere does with volumes. Needs the vCenter of dev/vsphere, like the contract. */
class VSphereVolumesIT {
  private static final Lab LAB = new Lab();
  private static final VolumeSpot SPOT =
      new VolumeSpot("DC0_C0", Optional.empty(), Optional.empty());

  private final Connector connector = LAB.open(Map.of(), "own");
  private final Token token = new Token("own-" + UUID.randomUUID());
  private final Token copy = token.attempt(1);

  @AfterEach
  void clear() {
    LAB.faults("clear");
    LAB.faults("task-delay", "100");
    for (Token made : List.of(token, copy)) {
      connector.snapshots().find(made).forEach(connector.snapshots()::delete);
      eventually(() -> connector.snapshots().find(made).isEmpty());
      connector.volumes().find(made).forEach(connector.volumes()::delete);
    }
    connector.close();
  }

  private Handle create() {
    return available(connector.volumes().create(order(1_000_000), SPOT, token));
  }

  private static VolumeOrder order(long kilobytes) {
    return new VolumeOrder("twin", kilobytes, Optional.empty(), Terms.NONE);
  }

  private Handle createOf(Handle snapshot, long kilobytes) {
    VolumeSpot spot = new VolumeSpot(SPOT.location(), Optional.empty(), Optional.of(snapshot));
    return available(connector.volumes().create(order(kilobytes), spot, copy));
  }

  private Handle available(Handle volume) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() ->
            connector
                .volumes()
                .read(volume)
                .filter(seen -> seen.state() == VolumeState.AVAILABLE)
                .isPresent());
    return volume;
  }

  /** Two disks of one token have one handle: both must go with it. */
  @Test
  void aDiskThatWasMadeTwiceIsRemovedWhole() {
    Handle volume = create();
    assertThat(create()).isEqualTo(volume);
    assertThat(connector.volumes().list()).extracting(VolumeObservation::handle).hasSize(1);
    connector.volumes().delete(volume);
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> connector.volumes().find(token).isEmpty());
  }

  @Test
  void withoutThePrivilegesNoVolumesAreOffered() {
    assertThat(abilities())
        .contains(Capability.VOLUME_CREATE, Capability.VOLUME_ATTACH, Capability.VOLUME_SNAPSHOT);
    LAB.faults("deny", "VirtualMachine.Config.RemoveDisk");
    assertThat(abilities())
        .contains(Capability.VOLUME_CREATE)
        .doesNotContain(Capability.VOLUME_ATTACH);
    LAB.faults("deny", "Datastore.FileManagement");
    assertThat(abilities())
        .contains(Capability.START)
        .doesNotContain(
            Capability.VOLUME_CREATE, Capability.VOLUME_ATTACH, Capability.VOLUME_SNAPSHOT);
    assertThat(connector.discover().storage()).isEqualTo(Inventory.Storage.NONE);
  }

  private Set<Capability> abilities() {
    return connector.discover().places().getFirst().abilities();
  }

  @Test
  void aFullDatastoreIsCapacityAndLeavesNothing() {
    LAB.faults("fail-task", "CreateDisk_Task", "NoDiskSpace", "the datastore is full");
    ConnectorException refused = catchThrowableOfType(ConnectorException.class, this::create);
    assertThat(refused.fault()).isEqualTo(Fault.CAPACITY);
    assertThat(refused.reason()).contains("the datastore is full");
    assertThat(connector.volumes().find(token)).isEmpty();
  }

  /** Two snapshots of one token have one handle: both must go with it. */
  @Test
  void aSnapshotThatWasTakenTwiceIsRemovedWhole() {
    Handle volume = create();
    Handle snapshot = taken(volume);
    assertThat(taken(volume)).isEqualTo(snapshot);
    assertThat(connector.snapshots().find(token)).containsExactly(snapshot);
    connector.snapshots().delete(snapshot);
    eventually(() -> connector.snapshots().read(snapshot).isEmpty());
    connector.volumes().delete(volume);
    eventually(() -> connector.volumes().read(volume).isEmpty());
  }

  private Handle taken(Handle volume) {
    Handle snapshot = connector.volumes().snapshot(volume, "before", token);
    eventually(() -> is(snapshot, Images.State.READY));
    return snapshot;
  }

  private boolean is(Handle snapshot, Images.State state) {
    return connector.snapshots().read(snapshot).filter(it -> it.state() == state).isPresent();
  }

  @Test
  void aSnapshotThatABrokerLeftBehindIsFoundByTheNextWhenItIsTaken() {
    Handle volume = create();
    LAB.faults("task-delay", "3000");
    Handle snapshot;
    try (Connector dying = LAB.open(Map.of(), "own")) {
      snapshot = dying.volumes().snapshot(volume, "before", token);
    }
    eventually(() -> connector.snapshots().find(token).equals(List.of(snapshot)));
    assertThat(is(snapshot, Images.State.READY)).isTrue();
  }

  @Test
  void aSnapshotThatFailsLateTellsWhy() {
    Handle volume = create();
    LAB.lateFaults(
        3000, "fail-task", "VStorageObjectCreateSnapshot_Task", "FileFault", "shelf broke");
    Handle snapshot = connector.volumes().snapshot(volume, "before", token);
    assertThat(is(snapshot, Images.State.MAKING)).isTrue();
    eventually(() -> is(snapshot, Images.State.FAILED));
    assertThat(connector.snapshots().read(snapshot).orElseThrow().reason().orElseThrow())
        .contains("shelf broke");
  }

  @Test
  void aVolumeIsNotRemovedFromUnderItsSnapshots() {
    Handle volume = create();
    Handle snapshot = taken(volume);
    ConnectorException refused =
        catchThrowableOfType(ConnectorException.class, () -> connector.volumes().delete(volume));
    assertThat(refused.fault()).isEqualTo(Fault.BAD_REQUEST);
    assertThat(refused.reason()).contains("has snapshots");
    assertThat(connector.snapshots().find(token)).containsExactly(snapshot);
  }

  @Test
  void aVolumeLargerThanItsSnapshotIsRefusedWithTheMost() {
    Handle snapshot = taken(create());
    ConnectorException refused =
        catchThrowableOfType(ConnectorException.class, () -> createOf(snapshot, 2_000_000));
    assertThat(refused.fault()).isEqualTo(Fault.BAD_REQUEST);
    assertThat(refused.reason()).contains("holds 1000341 kB");
    assertThat(connector.volumes().find(copy)).isEmpty();
  }

  /** A vCenter does not set by itself that a disk of a snapshot outlives its machines. */
  @Test
  void aVolumeOfASnapshotIsSetToOutliveTheMachineThatItComesTo() {
    Handle volume = createOf(taken(create()), 1_000_000);
    Handle machine =
        connector
            .machines()
            .create(
                Orders.plain("host", 1, 524288),
                new Spot("DC0_C0", Optional.empty(), LAB.template()),
                token);
    eventually(() -> state(machine).filter(state -> !state.transitional()).isPresent());
    try {
      long before = LAB.calls("SetVStorageObjectControlFlags");
      for (int time = 0; time < 2; time++) {
        connector.volumes().attach(volume, machine);
        eventually(() -> at(volume, machine));
        connector.volumes().detach(volume, machine);
        eventually(() -> !at(volume, machine));
      }
      assertThat(LAB.calls("SetVStorageObjectControlFlags")).isEqualTo(before + 1);
    } finally {
      connector.machines().delete(machine);
      eventually(() -> state(machine).isEmpty());
    }
  }

  /** A volume is no part of the machine that it is at. */
  @Test
  void anImageHasNoVolumesAndTheMachineKeepsThem() {
    Handle machine =
        connector
            .machines()
            .create(
                Orders.plain("host", 1, 524288),
                new Spot("DC0_C0", Optional.empty(), LAB.template()),
                token);
    eventually(() -> state(machine).filter(state -> !state.transitional()).isPresent());
    Handle volume = create();
    connector.volumes().attach(volume, machine);
    eventually(() -> at(volume, machine));
    Handle image = connector.machines().capture(machine, "picture", token);
    eventually(() -> connector.images().read(image).filter(VSphereVolumesIT::ready).isPresent());
    try {
      assertThat(LAB.vc("devices", image.value()).lines())
          .filteredOn(line -> line.startsWith("VirtualDisk\t"))
          .hasSize(1);
      assertThat(at(volume, machine)).isTrue();
    } finally {
      connector.images().delete(image);
      connector.volumes().detach(volume, machine);
      eventually(() -> !at(volume, machine));
      connector.machines().delete(machine);
      eventually(() -> state(machine).isEmpty());
    }
  }

  private static void eventually(BooleanSupplier condition) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(condition::getAsBoolean);
  }

  private static boolean ready(Images.Captured image) {
    return image.state() == Images.State.READY;
  }

  private Optional<MachineState> state(Handle machine) {
    return connector.machines().read(machine).map(Observation::state);
  }

  private boolean at(Handle volume, Handle machine) {
    return connector.volumes().read(volume).filter(it -> it.attachedTo(machine)).isPresent();
  }
}
