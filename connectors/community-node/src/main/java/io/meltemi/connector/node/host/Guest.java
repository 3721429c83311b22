package io.meltemi.connector.node.host;

import io.meltemi.connector.node.WantedMachine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One guest in its folder: everything that can be done with it on this host. */
public final class Guest {
  private static final Duration LONG = Duration.ofMinutes(30);
  private static final String COPY = "copy.qcow2";

  private final Host host;
  private final Box box;

  public Guest(Host host, String id, int slot) {
    this.host = host;
    this.box = host.box(id, slot);
  }

  private GuestKind kind() {
    return host.kind().orElseThrow(() -> new HostException("no kind of guest works on this host"));
  }

  /** A guest is never touched by a kind that did not make it, should its own not work today. */
  private GuestKind maker() {
    return host.kind()
        .filter(found -> found.made(box))
        .orElseThrow(() -> new HostException("its kind of guest does not work on this host now"));
  }

  private GuestImage image(WantedMachine wanted) {
    return host.images()
        .find(wanted.image())
        .filter(found -> kind().runs(found))
        .orElseThrow(() -> new HostException("this node has no image " + wanted.image()));
  }

  public String address() {
    return host.kind().map(GuestKind::address).orElse("");
  }

  public String mac() {
    return host.kind().map(kind -> kind.mac(box)).orElse("");
  }

  /** Makes disks and seed. May be repeated from the start. */
  public void prepare(WantedMachine wanted) {
    GuestImage image = image(wanted);
    if (wanted.memoryKibibytes() < image.leastMemoryKibibytes()) {
      throw new HostException(
          "image " + image.folder() + " needs " + image.leastMemoryKibibytes() + " KiB of memory");
    }
    kind().prepare(box, wanted, image);
  }

  /** Starts the process unless this launch was started before. */
  public void launch(WantedMachine wanted, Launch launch) {
    GuestKind kind = maker();
    long limit = wanted.memoryKibibytes() + kind.memoryCostKibibytes();
    List<Path> groups = host.cgroups().limit(box.id(), wanted.cpu(), limit);
    GuestImage image = new GuestImage(wanted.image(), "", bootsKernel(), 1, 0, "");
    List<String> command = kind.command(box, wanted, image, launch);
    host.guard().launch(box.folder(), launch.number(), groups, command);
  }

  public boolean alive() {
    return host.guard().running(box.folder()).isPresent();
  }

  /** True when no guard ever began this launch. */
  public boolean neverStarted(long launch) {
    return host.guard().begun(box.folder()) < launch
        && host.guard().ended(box.folder()).map(Guard.Ended::launch).orElse(0L) < launch;
  }

  /** For people. */
  public String howEnded(long launch) {
    Optional<Guard.Ended> ended =
        host.guard().ended(box.folder()).filter(found -> found.launch() == launch);
    String words = ended.map(Guard.Ended::words).orElse("its process is gone");
    String log = host.guard().log(box.folder());
    return log.isEmpty() ? words : words + ": " + log;
  }

  /**
   * @throws HostException when it does not answer
   */
  public GuestKind.Session attach() {
    Guard.Running running =
        host.guard().running(box.folder()).orElseThrow(() -> new HostException("it has ended"));
    return maker().attach(box, running);
  }

  public void kill() {
    host.guard().running(box.folder()).ifPresent(Guard.Running::kill);
  }

  public void dropMemory() {
    MemoryFile.remove(box.folder());
  }

  /** Copies the first disk, which nobody may be writing to. */
  public Path copyDisk() {
    Path disk = box.file(QemuKind.FIRST_DISK);
    if (!Files.exists(disk)) {
      throw new HostException("the machine has no disk");
    }
    Path copy = box.file(COPY);
    Programs.run(
        LONG, List.of("cp", "--reflink=auto", "--sparse=always", disk.toString(), copy.toString()));
    return copy;
  }

  /** Makes an image of a disk copied before. */
  public void capture(Path copy, WantedMachine machine, String imageId, String name) {
    long least =
        host.images().find(machine.image()).map(GuestImage::leastMemoryKibibytes).orElse(0L);
    host.images()
        .capture(
            copy,
            box.folder(),
            new GuestImage(
                imageId, name, bootsKernel(), 1, least, "captured from " + machine.id()));
    DurableFile.remove(copy);
  }

  private boolean bootsKernel() {
    return Files.exists(box.file(GuestImages.KERNEL));
  }

  /** Puts a volume's disk into the machine's folder. May be repeated. */
  public void lend(String volume, long kilobytes) {
    host.disks().lend(volume, kilobytes, box);
  }

  /** Takes the disk out again; the guest must have let go of it. May be repeated. */
  public void takeBack(String volume) {
    host.disks().takeBack(volume, box);
  }

  public String console(int most) {
    return box.console(most);
  }

  /** Removes the guest with all its data; it must have ended. */
  public void remove() {
    host.cgroups().remove(box.id());
    DurableFile.remove(box.folder());
  }
}
