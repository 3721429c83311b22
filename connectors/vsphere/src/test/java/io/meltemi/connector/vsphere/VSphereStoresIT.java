package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Inventory.VolumeType;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Datastores as types of volumes, at a vCenter of two clusters and three datastores. */
class VSphereStoresIT {
  private static final long GIGABYTES_500 = (500L << 30) / 1000;
  private static final OwnVCenter VCENTER =
      new OwnVCenter("stores", Map.of("VSPHERE_DATASTORES", "3", "VSPHERE_CLUSTERS", "2"));

  private final Connector connector = VCENTER.lab().open(Map.of(), "own");
  private final Token token = new Token("own-" + UUID.randomUUID());
  private final Token copy = new Token("own-" + UUID.randomUUID());

  @BeforeAll
  static void furnish() {
    VCENTER.lab().faults("free", "LocalDS_0", "500");
    VCENTER.lab().faults("free", "LocalDS_1", "900");
    VCENTER.lab().faults("unmount", "LocalDS_1", "DC0_C1_H0");
    VCENTER.lab().vc("pod", "POD0", "LocalDS_2");
  }

  @AfterAll
  static void down() {
    VCENTER.close();
  }

  @AfterEach
  void clear() {
    for (String store : List.of("LocalDS_0", "LocalDS_1", "LocalDS_2")) {
      VCENTER.lab().faults("store", store, "normal");
    }
    for (Token made : List.of(token, copy)) {
      connector.snapshots().find(made).forEach(connector.snapshots()::delete);
      eventually(() -> connector.snapshots().find(made).isEmpty());
      connector.volumes().find(made).forEach(connector.volumes()::delete);
    }
    connector.close();
  }

  private VolumeType type(String name) {
    return types().stream().filter(type -> type.name().equals(name)).findFirst().orElseThrow();
  }

  private List<VolumeType> types() {
    return connector.discover().storage().types();
  }

  private Handle create(Optional<String> type, Optional<Handle> snapshot, Token bearing) {
    VolumeOrder order = new VolumeOrder("data", 1_000_000, Optional.empty(), Terms.NONE);
    VolumeSpot spot = new VolumeSpot("DC0_C0", type, snapshot);
    Handle volume = connector.volumes().create(order, spot, bearing);
    eventually(() -> available(volume));
    return volume;
  }

  private Handle snapshot(Handle volume) {
    Handle snapshot = connector.volumes().snapshot(volume, "before", token);
    eventually(() ->
        connector
            .snapshots()
            .read(snapshot)
            .filter(it -> it.state() == Images.State.READY)
            .isPresent());
    return snapshot;
  }

  private boolean available(Handle volume) {
    return connector
        .volumes()
        .read(volume)
        .filter(seen -> seen.state() == VolumeState.AVAILABLE)
        .isPresent();
  }

  private ConnectorException refused(Optional<String> type, Optional<Handle> snapshot) {
    return catchThrowableOfType(
        ConnectorException.class, () -> create(type, snapshot, snapshot.isEmpty() ? token : copy));
  }

  /** Names of the datastores on which another client sees a disk of that token. */
  private List<String> standing(Token bearing) {
    return VCENTER
        .lab()
        .vc("stores")
        .lines()
        .filter(line -> line.contains(" " + bearing.value() + "-"))
        .map(line -> line.split("\t")[1])
        .toList();
  }

  private static void eventually(BooleanSupplier condition) {
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(condition::getAsBoolean);
  }

  @Test
  void everyDatastoreIsATypeWithItsOwnRoomAtTheClustersThatShareIt() {
    assertThat(types())
        .extracting(VolumeType::name)
        .containsExactly("LocalDS_2", "LocalDS_1", "LocalDS_0");
    assertThat(type("LocalDS_0").freeKilobytes()).isEqualTo(OptionalLong.of(GIGABYTES_500));
    assertThat(type("LocalDS_0").mostKilobytes()).isEqualTo((2000L << 30) / 1000);
    assertThat(type("LocalDS_0").places()).containsExactlyInAnyOrder("DC0_C0", "DC0_C1");
    assertThat(type("LocalDS_1").places()).containsExactly("DC0_C0");
  }

  @Test
  void onlyThoseThatTheSettingsAllowAreTypes() {
    try (Connector some = VCENTER.lab().open(Map.of("datastores", "LocalDS_0"), "own")) {
      assertThat(some.discover().storage().types())
          .extracting(VolumeType::name)
          .containsExactly("LocalDS_0");
    }
  }

  @Test
  void aVolumeIsOnTheDatastoreThatWasChosenAlsoInAPod() {
    create(type("LocalDS_0").id(), Optional.empty(), token);
    create(type("LocalDS_2").id(), Optional.empty(), copy);
    assertThat(standing(token)).containsExactly("LocalDS_0");
    assertThat(standing(copy)).containsExactly("LocalDS_2");
  }

  /** An order that an earlier broker had placed. */
  @Test
  void aVolumeOfNoTypeIsOnTheDatastoreWithTheMostRoom() {
    create(Optional.empty(), Optional.empty(), token);
    assertThat(standing(token)).containsExactly("LocalDS_2");
  }

  @Test
  void aDatastoreThatTheClusterDoesNotShareIsRefusedWithThoseThatItDoes() {
    VolumeOrder order = new VolumeOrder("data", 1_000_000, Optional.empty(), Terms.NONE);
    VolumeSpot spot = new VolumeSpot("DC0_C1", type("LocalDS_1").id(), Optional.empty());
    ConnectorException refused =
        catchThrowableOfType(
            ConnectorException.class, () -> connector.volumes().create(order, spot, token));
    assertThat(refused.fault()).isEqualTo(Fault.BAD_REQUEST);
    assertThat(refused.reason()).contains("DC0_C1", type("LocalDS_0").id().orElseThrow());
    assertThat(standing(token)).isEmpty();
  }

  @Test
  void aVolumeOfASnapshotStaysOnItsDatastore() {
    Handle volume = create(type("LocalDS_0").id(), Optional.empty(), token);
    Handle snapshot = snapshot(volume);
    ConnectorException refused = refused(type("LocalDS_2").id(), Optional.of(snapshot));
    assertThat(refused.fault()).isEqualTo(Fault.BAD_REQUEST);
    assertThat(refused.reason()).contains(type("LocalDS_0").id().orElseThrow());
    assertThat(standing(copy)).isEmpty();
    create(Optional.empty(), Optional.of(snapshot), copy);
    assertThat(standing(copy)).containsExactly("LocalDS_0");
  }

  /** What is on it stays known. */
  @Test
  void aDatastoreInMaintenanceIsNoTypeAndComesBack() {
    Optional<String> id = type("LocalDS_0").id();
    Handle volume = create(id, Optional.empty(), token);
    VCENTER.lab().faults("store", "LocalDS_0", "inMaintenance");
    assertThat(types()).extracting(VolumeType::name).containsExactly("LocalDS_2", "LocalDS_1");
    assertThat(refused(id, Optional.empty()).fault()).isEqualTo(Fault.CAPACITY);
    assertThat(available(volume)).isTrue();
    VCENTER.lab().faults("store", "LocalDS_0", "normal");
    assertThat(types()).extracting(VolumeType::name).contains("LocalDS_0");
  }

  /** Neither for the broker that made it nor for one that was started since. */
  @Test
  void aVolumeOnADatastoreThatCannotBeReachedIsNotGone() {
    Handle volume = create(type("LocalDS_0").id(), Optional.empty(), token);
    Handle snapshot = snapshot(volume);
    VCENTER.lab().faults("store", "LocalDS_0", "away");
    try (Connector fresh = VCENTER.lab().open(Map.of(), "own")) {
      for (Connector asked : List.of(connector, fresh)) {
        assertNotNow(() -> asked.volumes().read(volume));
        assertNotNow(() -> asked.volumes().detach(volume, new Handle("host")));
        assertNotNow(() -> asked.volumes().delete(volume));
        assertNotNow(() -> asked.snapshots().read(snapshot));
        assertNotNow(() -> asked.snapshots().delete(snapshot));
      }
    }
    VCENTER.lab().faults("store", "LocalDS_0", "normal");
    assertThat(available(volume)).isTrue();
    connector.snapshots().delete(snapshot);
    eventually(() -> connector.snapshots().read(snapshot).isEmpty());
    connector.volumes().delete(volume);
    eventually(() -> connector.volumes().read(volume).isEmpty());
    assertThat(standing(token)).isEmpty();
  }

  private static void assertNotNow(ThrowingCallable call) {
    ConnectorException failure = catchThrowableOfType(ConnectorException.class, call);
    assertThat(failure.fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(failure.reason()).contains("LocalDS_0");
  }

  @Test
  void volumesElsewhereComeAndGoWhileADatastoreCannotBeReached() {
    VCENTER.lab().faults("store", "LocalDS_0", "away");
    assertThat(connector.volumes().find(token)).isEmpty();
    Handle volume = create(type("LocalDS_2").id(), Optional.empty(), token);
    connector.volumes().delete(volume);
    eventually(() -> connector.volumes().read(volume).isEmpty());
    assertThat(standing(token)).isEmpty();
  }

  @Test
  void whatWasMadeBeforeTheSettingsWereNarrowedStaysKnownAndIsRemoved() {
    Handle volume = create(type("LocalDS_0").id(), Optional.empty(), token);
    try (Connector some = VCENTER.lab().open(Map.of("datastores", "LocalDS_2"), "own")) {
      assertThat(some.volumes().find(token)).containsExactly(volume);
      assertThat(some.volumes().list())
          .extracting(VolumeObservation::handle)
          .containsExactly(volume);
      some.volumes().delete(volume);
      eventually(() -> some.volumes().read(volume).isEmpty());
    }
    assertThat(standing(token)).isEmpty();
  }

  @Test
  void aDatastoreThatCannotBeReachedIsNoType() {
    for (String store : List.of("LocalDS_0", "LocalDS_2")) {
      VCENTER.lab().faults("store", store, "away");
    }
    Inventory inventory = connector.discover();
    assertThat(inventory.storage().types())
        .extracting(VolumeType::name)
        .containsExactly("LocalDS_1");
    assertThat(inventory.places()).hasSize(2);
  }
}
