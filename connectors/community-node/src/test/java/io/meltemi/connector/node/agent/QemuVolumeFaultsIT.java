package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.Volumes;
import io.meltemi.connector.kit.Wrong;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every second exchange between agent and broker goes wrong while volumes are at a real guest: what
 * is wanted comes about all the same, and once. What truly stands there is told by the node's
 * folders.
 */
class QemuVolumeFaultsIT extends NodeFaults {
  private @Nullable Handle machine;

  QemuVolumeFaultsIT() {
    super("qemu");
  }

  @BeforeAll
  void boot() {
    machine = rig().create(rig().order("bearer", "meltemi", "", Optional.empty()));
    rig().awaitState(bearer(), MachineState.STARTED);
  }

  private Handle bearer() {
    return Objects.requireNonNull(machine);
  }

  @TestFactory
  Stream<DynamicTest> aVolumesLife() {
    return inEachWay(this::lives);
  }

  private void lives(Wrong wrong) {
    Token token = new Token(UUID.randomUUID().toString());
    Handle volume = create(wrong.name(), token);
    eventually(() -> volumes().read(volume).orElseThrow().state() == VolumeState.AVAILABLE);
    assertStands(1, 0);

    volumes().attach(volume, bearer());
    eventually(() -> volumes().read(volume).orElseThrow().attachedTo(bearer()));
    assertStands(1, 1);
    volumes().detach(volume, bearer());
    eventually(() -> volumes().read(volume).orElseThrow().attachments().isEmpty());
    assertStands(1, 0);

    Token taken = new Token(UUID.randomUUID().toString());
    Handle snapshot = volumes().snapshot(volume, "moment", taken);
    eventually(() ->
        rig().connector.snapshots().read(snapshot).orElseThrow().state() == Images.State.READY);
    assertStands(2, 0);
    assertThat(volumes().find(token)).containsExactly(volume);
    assertThat(rig().connector.snapshots().find(taken)).containsExactly(snapshot);

    rig().connector.snapshots().delete(snapshot);
    volumes().delete(volume);
    eventually(() -> volumes().read(volume).isEmpty());
    eventually(() -> rig().connector.snapshots().read(snapshot).isEmpty());
    assertStands(0, 0);
    assertThat(rig().see(bearer()).state()).isEqualTo(MachineState.STARTED);
  }

  private Volumes volumes() {
    return rig().connector.volumes();
  }

  private Handle create(String name, Token token) {
    return volumes()
        .create(
            new VolumeOrder(name, 64_000, Optional.empty(), Terms.NONE),
            new VolumeSpot(rig().node(), Optional.empty(), Optional.empty()),
            token);
  }

  private static void eventually(Callable<Boolean> condition) {
    await().atMost(Rig.BOOT).until(condition);
  }

  /** Volumes and snapshots on the node, and disks of volumes in the machine's folder. */
  private void assertStands(int kept, int attached) {
    assertThat(names(rig().data.resolve("node/volumes"))).hasSize(kept);
    assertThat(names(rig().folder(bearer())))
        .filteredOn(name -> name.startsWith("volume-"))
        .hasSize(attached);
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
