package io.meltemi.connector.node.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The disks of volumes and of snapshots, each in a folder of its own that only the agent may enter.
 * A volume that is lent to a machine has a second name in the machine's folder and belongs to the
 * machine's user; nobody else can read it. QEMU's own locks keep a second guest from writing it.
 *
 * @param folder where they lie
 */
public record Disks(Path folder, Users users) {
  private static final String DISK = "disk.qcow2";
  private static final Duration A_WHILE = Duration.ofMinutes(2);
  private static final Duration LONG = Duration.ofMinutes(30);

  /** Makes the folder that only the agent may enter. */
  public void open() {
    try {
      Files.createDirectories(folder);
      Box.permit(folder, "rwx------");
    } catch (IOException e) {
      throw new HostException("cannot make " + folder, e);
    }
  }

  /** A folder for each, also for those that are only half made or half removed. */
  public List<Path> folders() {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.sorted().toList();
    } catch (IOException e) {
      throw new HostException("cannot read " + folder, e);
    }
  }

  public Path folder(String id) {
    return folder.resolve(id);
  }

  private Path disk(String id) {
    return folder(id).resolve(DISK);
  }

  private Path part(String id) {
    return folder(id).resolve("part");
  }

  /** Makes an empty disk. May be repeated as long as nobody has used it. */
  public void make(String id, long kilobytes) {
    Path part = part(id);
    DurableFile.remove(part);
    String bytes = Long.toString(bytes(kilobytes));
    run(A_WHILE, "qemu-img", "create", "-q", "-f", "qcow2", part.toString(), bytes);
    settle(id);
  }

  /** Makes a disk with the data of another one, which nobody may be writing to. */
  public void copy(String from, String id, long kilobytes) {
    Path part = part(id);
    DurableFile.remove(part);
    long before = Qcow2Header.read(disk(from)).virtualBytes();
    run(LONG, "cp", "--reflink=auto", "--sparse=always", disk(from).toString(), part.toString());
    if (before < bytes(kilobytes)) {
      String bytes = Long.toString(bytes(kilobytes));
      run(A_WHILE, "qemu-img", "resize", "-q", "-f", "qcow2", part.toString(), bytes);
    }
    settle(id);
  }

  /** The disk appears whole and on the host's disk, or not at all. */
  private void settle(String id) {
    try {
      Box.permit(part(id), "rw-------");
      try (FileChannel channel = FileChannel.open(part(id), StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          part(id), disk(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      DurableFile.sync(folder(id));
    } catch (IOException e) {
      throw new HostException("cannot keep the disk of " + id, e);
    }
  }

  private static void run(Duration limit, String... command) {
    Programs.run(limit, new ArrayList<>(List.of(command)));
  }

  /** Whole sectors. */
  private static long bytes(long kilobytes) {
    return (kilobytes * 1000 + 511) / 512 * 512;
  }

  /**
   * Gives the disk to the machine in the box. May be repeated.
   *
   * @throws HostException when its head is not as it was made: another size, or another file behind
   *     it
   */
  void lend(String id, long kilobytes, Box box) {
    if (Qcow2Header.read(disk(id)).virtualBytes() != bytes(kilobytes)) {
      throw new HostException("the volume's disk has another size than the volume");
    }
    Path name = box.file(Plug.file(id));
    if (!Files.exists(name)) {
      GuestImages.share(disk(id), name);
    }
    box.give(Plug.file(id));
  }

  /** Takes the disk from the machine, which must have let go of it. May be repeated. */
  void takeBack(String id, Box box) {
    try {
      if (Files.exists(disk(id))) {
        users.take(disk(id));
        Box.permit(disk(id), "rw-------");
      }
      Files.deleteIfExists(box.file(Plug.file(id)));
    } catch (IOException e) {
      throw new HostException("cannot take back the volume", e);
    }
  }

  /** Succeeds when it is not there. */
  public void remove(String id) {
    DurableFile.remove(folder(id));
  }
}
