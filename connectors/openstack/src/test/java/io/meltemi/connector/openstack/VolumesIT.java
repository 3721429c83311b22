package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.kit.Outside;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is special to volumes of cinder. Needs the OpenStack of dev/openstack, like the contract.
 */
class VolumesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final VolumeSpot SPOT = new VolumeSpot("az1", Optional.empty(), Optional.empty());

  private final Lab lab = new Lab();

  /** Made for one test; removed when no volume has it any more. */
  private Optional<String> type = Optional.empty();

  private final Connector connector = open();

  private Connector open() {
    return new OpenStackConnectorFactory()
        .open(
            lab.settings(),
            new Context("kit-4", Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }

  @AfterEach
  void clear() {
    for (VolumeObservation volume : connector.volumes().list()) {
      Awaitility.await().atMost(PATIENCE).until(() -> gone(volume.handle()));
    }
    type.ifPresent(each -> lab.asAdmin("volume", "type", "delete", each));
    connector.close();
  }

  private boolean gone(Handle volume) {
    try {
      connector.volumes().delete(volume);
    } catch (ConnectorException e) {
      assertThat(e.fault()).isEqualTo(Fault.TRANSIENT);
    }
    return connector.volumes().read(volume).isEmpty();
  }

  private Handle create(VolumeSpot spot) {
    return connector
        .volumes()
        .create(
            new VolumeOrder("special", 1_000_000, Optional.empty(), Terms.NONE),
            spot,
            new Token("kit-" + UUID.randomUUID()));
  }

  @Test
  void whyAVolumeFailedIsToldInCindersWords() {
    type =
        Optional.of(
            lab.asAdmin(
                "volume",
                "type",
                "create",
                "--property",
                "volume_backend_name=nowhere",
                "-f",
                "value",
                "-c",
                "id",
                "kit-" + UUID.randomUUID()));
    Handle volume = create(new VolumeSpot("az1", type, Optional.empty()));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> state(volume).equals(Optional.of(VolumeState.ERROR)));
    // Cinder writes the reason down a moment after the state.
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(connector.volumes().read(volume).orElseThrow().reason().orElse(""))
                .contains("Could not find any available weighted backend"));
  }

  private Optional<VolumeState> state(Handle volume) {
    return connector.volumes().read(volume).map(VolumeObservation::state);
  }

  @Test
  void aListThatCinderCutsIsReadToItsEnd() {
    Set<String> made = Set.of(create(SPOT).value(), create(SPOT).value(), create(SPOT).value());
    try (Nova nova = new Nova(OpenStackSettings.of(lab.settings()), Outside.thisMachine())) {
      assertThat(new BlockStorage(nova, 2).volumes())
          .extracting(CinderVolume::id)
          .doesNotHaveDuplicates()
          .containsAll(made);
    }
  }

  /** Two seconds are less than cinder takes, and a removal that it refuses is no removal. */
  @Test
  void aVolumeThatCinderIsBusyWithIsRemovedLater() {
    Handle volume = create(SPOT);
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> gone(volume));
  }

  @Test
  void aStoppedCinderTakesItsVolumesAwayAndBringsThemBack() {
    assertThat(offered(connector)).isTrue();
    try {
      lab.faults("stop", "cinder-api");
      Inventory without = connector.discover();
      assertThat(without.places()).isNotEmpty();
      assertThat(offered(connector)).isFalse();
      assertThat(without.storage()).isEqualTo(Inventory.Storage.NONE);
      assertThatThrownBy(() -> connector.volumes().list())
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TRANSIENT));
    } finally {
      lab.faults("start", "cinder-api");
    }
    assertThat(offered(connector)).isTrue();
  }

  @Test
  void aCatalogueWithoutBlockStorageMeansNoVolumes() {
    withoutBlockStorage(without -> {
      assertThat(offered(without)).isFalse();
      assertThat(without.volumes().list()).isEmpty();
      assertThat(without.snapshots().list()).isEmpty();
      assertThatThrownBy(() ->
              without
                  .volumes()
                  .create(
                      new VolumeOrder("never", 1_000_000, Optional.empty(), Terms.NONE),
                      SPOT,
                      new Token("kit-" + UUID.randomUUID())))
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED));
    });
  }

  /** What was made there is not gone because the catalogue says nothing about it. */
  @Test
  void aVolumeAndItsSnapshotOutliveTheCataloguesEntry() {
    Handle volume = create(SPOT);
    await(() -> state(volume).equals(Optional.of(VolumeState.AVAILABLE)));
    Token token = new Token("kit-" + UUID.randomUUID());
    Handle snapshot = connector.volumes().snapshot(volume, "before", token);
    await(() ->
        connector
            .snapshots()
            .read(snapshot)
            .filter(taken -> taken.state() == Images.State.READY)
            .isPresent());
    withoutBlockStorage(without -> {
      assertNotNow(() -> without.volumes().read(volume));
      assertNotNow(() -> without.volumes().find(token));
      assertNotNow(() -> without.volumes().delete(volume));
      assertNotNow(() -> without.snapshots().read(snapshot));
      assertNotNow(() -> without.snapshots().find(token));
      assertNotNow(() -> without.snapshots().delete(snapshot));
    });
    assertThat(connector.snapshots().find(token)).containsExactly(snapshot);
    assertThat(state(volume)).contains(VolumeState.AVAILABLE);
    connector.snapshots().delete(snapshot);
    await(() -> connector.snapshots().read(snapshot).isEmpty());
    await(() -> gone(volume));
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).until(condition);
  }

  private static void assertNotNow(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(Fault.TRANSIENT);
              assertThat(e.reason()).contains("no block storage now in the region RegionOne");
            });
  }

  /** With the same account after a new log-in. */
  private void withoutBlockStorage(Consumer<Connector> work) {
    String endpoint =
        lab.asAdmin(
            "endpoint",
            "list",
            "--service",
            "volumev3",
            "--interface",
            "public",
            "-f",
            "value",
            "-c",
            "ID");
    lab.asAdmin("endpoint", "set", "--disable", endpoint);
    try (Connector without = open()) {
      work.accept(without);
    } finally {
      lab.asAdmin("endpoint", "set", "--enable", endpoint);
    }
  }

  private static boolean offered(Connector connector) {
    Inventory inventory = connector.discover();
    Set<Capability> abilities =
        inventory.places().stream()
            .flatMap(place -> place.abilities().stream())
            .collect(Collectors.toSet());
    return abilities.contains(Capability.VOLUME_CREATE) && !inventory.storage().types().isEmpty();
  }
}
