package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.Volumes;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Volumes at real guests, which know them by their serial numbers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QemuVolumeIT {
  private static final long KILOBYTES = 64_000;

  /** The device of a volume, in a script of a guest. */
  private static final String DEVICE =
      """
      #!/bin/sh
      device() { for d in /sys/block/vd*; do [ "$(cat $d/serial)" != "$1" ] || echo /dev/${d##*/}; done; }
      """;

  /** Marks a new disk, tries to write behind its end, and tells when it has gone. */
  private static final String WRITER =
      """
      ( until disk=$(device %s) && [ -n "$disk" ]; do sleep 1; done
        echo the-mark | dd of=$disk conv=fsync,notrunc
        size=$(cat /sys/block/${disk##*/}/size)
        dd if=/dev/zero of=$disk bs=512 seek=$size count=1 conv=fsync,notrunc
        echo size=$size behind=$? >/www/written.txt
        while [ -e $disk ]; do sleep 1; done
        echo gone >/www/gone.txt ) &
      """;

  /** Shows how two volumes begin, and what else stands in their first blocks. */
  private static final String READER =
      """
      ( until first=$(device %s) && second=$(device %s) && [ -n "$first" ] && [ -n "$second" ]; do sleep 1; done
        head -c 69632 $first | tr -d '\\0' >/www/first.txt
        head -c 69632 $second | tr -d '\\0' >/www/second.txt ) &
      """;

  /** Counts on its disk, and shows what it could write. */
  private static final String COUNTER =
      """
      ( n=0
        while :; do
          disk=$(device %s)
          if [ -n "$disk" ] && echo $n | dd of=$disk conv=fsync,notrunc; then echo $n >/www/count.txt; fi
          n=$((n + 1))
          sleep 1
        done ) &
      """;

  private Rig rig;

  @BeforeAll
  void open() throws IOException {
    rig = new Rig(Path.of("target", "node-volume-it"), "qemu");
  }

  @AfterAll
  void close() {
    rig.close();
  }

  private Volumes volumes() {
    return rig.connector.volumes();
  }

  private Handle machine(String name, String script, Handle... disks) {
    Object[] serials = Stream.of(disks).map(QemuVolumeIT::serial).toArray();
    String userData = DEVICE + script.formatted(serials);
    return rig.create(rig.order(name, "meltemi", userData, Optional.empty()));
  }

  private static String serial(Handle volume) {
    return volume.value().substring(volume.value().indexOf("/v-") + 3).substring(0, 20);
  }

  private Handle create(long kilobytes, Optional<Handle> snapshot, Token token) {
    return volumes()
        .create(
            new VolumeOrder("data", kilobytes, Optional.empty(), Terms.NONE),
            new VolumeSpot(rig.node(), Optional.empty(), snapshot),
            token);
  }

  private static Token token() {
    return new Token(UUID.randomUUID().toString());
  }

  private VolumeObservation see(Handle volume) {
    return volumes().read(volume).orElseThrow();
  }

  private void awaitAvailable(Handle volume) {
    await().atMost(Rig.BOOT).until(() -> see(volume).state() == VolumeState.AVAILABLE);
  }

  private void awaitAt(Handle volume, Handle machine) {
    await().atMost(Rig.BOOT).until(() -> see(volume).attachedTo(machine));
  }

  private void awaitAlone(Handle volume) {
    await().atMost(Rig.BOOT).until(() -> see(volume).attachments().isEmpty());
  }

  private void killAgent() throws IOException {
    rig.killAgent();
    rig.agent = rig.startAgent();
  }

  private Path disk(Handle volume) {
    String id = volume.value().substring(volume.value().indexOf('/') + 1);
    return rig.data.resolve("node/volumes").resolve(id).resolve("disk.qcow2");
  }

  private static long owner(Path file) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    return ((Number) Files.getAttribute(file, "unix:uid")).longValue();
  }

  private static boolean isVolume(Path name) {
    return name.toString().startsWith("volume-");
  }

  private void delete(Handle volume) {
    volumes().delete(volume);
    await().atMost(Rig.BOOT).until(() -> volumes().read(volume).isEmpty());
  }

  /**
   * The agent is killed after each thing that is asked of it; volumes are attached while the guest
   * boots, and it takes none of them for its own disk.
   */
  @Test
  void whatOneGuestWroteAnotherReadsAlthoughTheAgentIsKilledInBetween() throws Exception {
    Token token = token();
    Handle volume = create(KILOBYTES, Optional.empty(), token);
    Handle writer = machine("writer", WRITER, volume);
    killAgent();
    rig.awaitState(writer, MachineState.STARTED);
    awaitAvailable(volume);
    long agents = owner(disk(volume));

    volumes().attach(volume, writer);
    killAgent();
    awaitAt(volume, writer);
    assertThat(rig.awaitPage(writer, "/written.txt")).contains("size=125000 behind=1");
    assertThat(owner(disk(volume))).isEqualTo(owner(rig.folder(writer).resolve("disk0.qcow2")));

    volumes().detach(volume, writer);
    killAgent();
    awaitAlone(volume);
    assertThat(rig.awaitPage(writer, "/gone.txt")).contains("gone");
    assertThat(owner(disk(volume))).isEqualTo(agents);
    try (Stream<Path> left = Files.list(rig.folder(writer))) {
      assertThat(left.map(Path::getFileName)).noneMatch(QemuVolumeIT::isVolume);
    }
    rig.delete(writer);

    Token taken = token();
    Handle snapshot = volumes().snapshot(volume, "moment", taken);
    Handle copy = create(KILOBYTES * 2, Optional.of(snapshot), token());
    killAgent();
    awaitAvailable(copy);
    assertThat(rig.connector.snapshots().read(snapshot).orElseThrow().state())
        .isEqualTo(Images.State.READY);

    Handle reader = machine("reader", READER, volume, copy);
    rig.awaitState(reader, MachineState.STARTED);
    volumes().attach(volume, reader);
    awaitAt(volume, reader);
    volumes().attach(copy, reader);
    killAgent();
    assertThat(rig.awaitPage(reader, "/first.txt")).isEqualTo("the-mark\n");
    assertThat(rig.awaitPage(reader, "/second.txt")).isEqualTo("the-mark\n");

    assertThat(volumes().find(token)).containsExactly(volume);
    assertThat(rig.connector.snapshots().find(taken)).containsExactly(snapshot);
    try (Stream<Path> folders = Files.list(rig.data.resolve("node/volumes"))) {
      assertThat(folders).hasSize(3);
    }
    rig.connector.machines().delete(reader);
    killAgent();
    awaitAlone(volume);
    awaitAlone(copy);
    List.of(volume, copy).forEach(this::delete);
    rig.connector.snapshots().delete(snapshot);
    await().until(() -> rig.connector.snapshots().read(snapshot).isEmpty());
    try (Stream<Path> folders = Files.list(rig.data.resolve("node/volumes"))) {
      assertThat(folders).isEmpty();
    }
  }

  /** A paused guest cannot let go of anything. */
  @Test
  void aVolumeIsTakenFromAGuestThatDoesNotAgreeAndComesBackWithItsMemory() {
    Handle volume = create(KILOBYTES, Optional.empty(), token());
    Handle machine = machine("counter", COUNTER, volume);
    rig.awaitState(machine, MachineState.STARTED);
    awaitAvailable(volume);
    volumes().attach(volume, machine);
    awaitAt(volume, machine);
    int before = awaitCountAbove(machine, -1);

    rig.connector.machines().act(machine, MachineAction.SUSPEND);
    rig.awaitState(machine, MachineState.SUSPENDED);
    assertThat(see(volume).attachedTo(machine)).isTrue();
    assertThatThrownBy(() -> volumes().detach(volume, machine))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("SUSPENDED");
    rig.connector.machines().act(machine, MachineAction.START);
    rig.awaitState(machine, MachineState.STARTED);
    awaitCountAbove(machine, before);

    rig.connector.machines().act(machine, MachineAction.PAUSE);
    rig.awaitState(machine, MachineState.PAUSED);
    volumes().detach(volume, machine);
    awaitAlone(volume);
    rig.connector.machines().act(machine, MachineAction.START);
    rig.awaitState(machine, MachineState.STARTED);
    volumes().attach(volume, machine);
    awaitAt(volume, machine);
    rig.delete(machine);
    delete(volume);
  }

  private int awaitCountAbove(Handle machine, int least) {
    return await()
        .atMost(Rig.BOOT)
        .ignoreExceptions()
        .until(
            () -> Integer.parseInt(rig.get(machine, "/count.txt").strip()), count -> count > least);
  }

  /** Such a disk leads to a file of the host. */
  @Test
  void aDiskWhoseHeadWasForgedIsNeitherLentNorCopied() throws Exception {
    Handle volume = create(KILOBYTES, Optional.empty(), token());
    awaitAvailable(volume);
    Path forged = disk(volume);
    Files.delete(forged);
    String command = "qemu-img create -q -f qcow2 -F raw -b /etc/passwd " + forged;
    assertThat(new ProcessBuilder(command.split(" ")).start().waitFor()).isZero();
    Handle snapshot = volumes().snapshot(volume, "stolen", token());
    await()
        .atMost(Rig.BOOT)
        .until(() ->
            rig.connector.snapshots().read(snapshot).orElseThrow().state() == Images.State.FAILED);
    assertThat(rig.connector.snapshots().read(snapshot).orElseThrow().reason().orElse(""))
        .contains("a backing file is refused");
    rig.connector.snapshots().delete(snapshot);
    delete(volume);
  }
}
