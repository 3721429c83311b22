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

  @AfterEach
  void clear() {
    LAB.faults("clear");
    connector.volumes().find(token).forEach(connector.volumes()::delete);
    connector.close();
  }

  private Handle create() {
    VolumeOrder order = new VolumeOrder("twin", 1_000_000, Optional.empty(), Terms.NONE);
    Handle volume = connector.volumes().create(order, SPOT, token);
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
    assertThat(abilities()).contains(Capability.VOLUME_CREATE, Capability.VOLUME_ATTACH);
    LAB.faults("deny", "VirtualMachine.Config.RemoveDisk");
    assertThat(abilities())
        .contains(Capability.VOLUME_CREATE)
        .doesNotContain(Capability.VOLUME_ATTACH);
    LAB.faults("deny", "Datastore.FileManagement");
    assertThat(abilities())
        .contains(Capability.START)
        .doesNotContain(Capability.VOLUME_CREATE, Capability.VOLUME_ATTACH);
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
