package io.meltemi.connector.node.host;

import io.meltemi.connector.node.NodeReport;
import io.meltemi.connector.node.ReportedMachine.Endpoint;
import io.meltemi.connector.node.WantedMachine;
import io.meltemi.pivot.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Machines under QEMU. Its network is user-mode and restricted: the guest reaches neither its host
 * nor anything else, only the named ports of the guest can be reached.
 */
final class QemuKind implements GuestKind {
  static final String SANDBOX =
      "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny";
  private static final String NETWORK = "10.0.2.0/24";
  private static final String ADDRESS = "10.0.2.15"; // its first, by QEMU's own DHCP
  static final String FIRST_DISK = "disk0.qcow2";
  private static final String SEED = "seed.iso";
  private static final Duration A_WHILE = Duration.ofMinutes(2);
  private static final Duration LONG = Duration.ofMinutes(30);

  private final Accelerator accelerator;
  private final NodeReport.Kind report;
  private final GuestImages images;

  QemuKind(Accelerator accelerator, long bootMillis, String limits, GuestImages images) {
    this.accelerator = accelerator;
    this.images = images;
    this.report =
        new NodeReport.Kind(
            "qemu",
            accelerator.argument(),
            true,
            "",
            bootMillis,
            limits,
            EnumSet.of(
                Capability.START,
                Capability.STOP,
                Capability.FORCE_STOP,
                Capability.RESTART,
                Capability.PAUSE,
                Capability.SUSPEND,
                Capability.CAPTURE,
                Capability.CONSOLE,
                Capability.USER_DATA,
                Capability.LOGIN_KEY,
                Capability.GUEST_PORTS,
                Capability.FREE_SIZE,
                Capability.VOLUME_CREATE,
                Capability.VOLUME_ATTACH,
                Capability.VOLUME_SNAPSHOT),
            NETWORK);
  }

  @Override
  public NodeReport.Kind report() {
    return report;
  }

  @Override
  public long memoryCostKibibytes() {
    return accelerator.memoryCostKibibytes();
  }

  @Override
  public String address() {
    return ADDRESS;
  }

  @Override
  public String mac(Box box) {
    return mac(box.id());
  }

  @Override
  public boolean runs(GuestImage image) {
    return image.kernel() || Files.exists(images.folder(image).resolve(GuestImages.DISK));
  }

  @Override
  public boolean made(Box box) {
    return Files.exists(box.file(FIRST_DISK));
  }

  @Override
  public List<Integer> ports(List<Integer> wanted) {
    return wanted.stream().distinct().toList();
  }

  @Override
  public void prepare(Box box, WantedMachine wanted, GuestImage image) {
    box.make();
    if (image.kernel()) {
      link(image, box, GuestImages.KERNEL);
      link(image, box, GuestImages.INITRD);
    }
    firstDisk(box, image);
    int number = 1;
    for (long size : wanted.disksKilobytes()) {
      emptyDisk(box, "disk" + number++ + ".qcow2", size * 1000);
    }
    seed(box, wanted);
  }

  private void link(GuestImage image, Box box, String name) {
    DurableFile.remove(box.file(name));
    GuestImages.share(images.folder(image).resolve(name), box.file(name));
  }

  private void firstDisk(Box box, GuestImage image) {
    Path source = images.folder(image).resolve(GuestImages.DISK);
    Path disk = box.file(FIRST_DISK);
    if (Files.exists(source)) {
      Qcow2Header.read(source);
      Programs.run(
          LONG,
          List.of("cp", "--reflink=auto", "--sparse=always", source.toString(), disk.toString()));
      box.give(FIRST_DISK);
    } else {
      emptyDisk(box, FIRST_DISK, image.diskBytes());
    }
  }

  private static void emptyDisk(Box box, String name, long bytes) {
    Programs.run(
        A_WHILE,
        List.of(
            "qemu-img",
            "create",
            "-q",
            "-f",
            "qcow2",
            box.file(name).toString(),
            Long.toString((bytes + 511) / 512 * 512)));
    box.give(name);
  }

  /** Cloud-init's NoCloud layout, and the user data once more where CIMI wants them. */
  private static void seed(Box box, WantedMachine wanted) {
    Path folder = box.file("seed");
    try {
      DurableFile.remove(folder);
      Files.createDirectories(folder.resolve("cimi"));
      String keys =
          wanted.keys().stream()
              .map(key -> "  - \"" + key.replace("\\", "").replace("\"", "") + "\"\n")
              .collect(Collectors.joining());
      String name = hostName(wanted.name(), wanted.id());
      Files.writeString(
          folder.resolve("meta-data"),
          "instance-id: "
              + wanted.id()
              + "\nlocal-hostname: "
              + name
              + "\n"
              + (keys.isEmpty() ? "" : "public-keys:\n" + keys),
          StandardCharsets.UTF_8);
      Files.write(folder.resolve("user-data"), wanted.userData());
      Files.write(folder.resolve("cimi/user-data"), wanted.userData());
      Programs.run(
          A_WHILE,
          List.of(
              "genisoimage",
              "-quiet",
              "-V",
              "cidata",
              "-J",
              "-r",
              "-o",
              box.file(SEED).toString(),
              folder.toString()));
      DurableFile.remove(folder);
      box.give(SEED);
    } catch (IOException e) {
      throw new HostException("cannot write the seed", e);
    }
  }

  /** A name that the guest can take: what is not allowed in a host name becomes a hyphen. */
  static String hostName(String name, String id) {
    String cleaned =
        name.replaceAll("[^A-Za-z0-9-]", "-").replaceAll("^-+|-+$", "").replaceAll("-{2,}", "-");
    String host = cleaned.isEmpty() ? id : cleaned;
    return host.substring(0, Math.min(63, host.length())).replaceAll("-+$", "");
  }

  @Override
  public List<String> command(Box box, WantedMachine wanted, GuestImage image, Launch launch) {
    List<String> qemu = new ArrayList<>(accelerator.base());
    qemu.addAll(List.of("-name", box.id()));
    qemu.addAll(List.of("-m", (wanted.memoryKibibytes() + 1023) / 1024 + "M"));
    qemu.addAll(List.of("-smp", Integer.toString(wanted.cpu())));
    if (image.kernel()) {
      qemu.addAll(accelerator.kernel());
    }
    qemu.addAll(
        List.of(
            "-chardev",
            "file,id=console,append=on,path=" + Box.CONSOLE,
            "-serial",
            "chardev:console",
            "-chardev",
            "socket,id=qmp,server=on,wait=off,path=" + QemuSession.QMP,
            "-mon",
            "chardev=qmp,mode=control",
            "-netdev",
            network(launch.endpoints()),
            "-device",
            "virtio-net-pci,netdev=net,romfile=,mac=" + mac(box.id()),
            "-device",
            "virtio-rng-pci"));
    for (int number = 0; number <= wanted.disksKilobytes().size(); number++) {
      String disk = "disk" + number;
      qemu.addAll(
          disk(disk, "format=qcow2,discard=unmap,detect-zeroes=unmap,file=" + disk + ".qcow2"));
    }
    qemu.addAll(disk("seed", "format=raw,readonly=on,file=" + SEED));
    for (Plug plug : launch.volumes()) {
      qemu.addAll(List.of("-drive", plug.driveOptions(), "-device", plug.deviceOptions()));
    }
    if (launch.memory()) {
      qemu.addAll(List.of("-incoming", "defer", "-S"));
    }
    return box.users().confined(box.slot(), accelerator.group(), qemu);
  }

  /** A disk of the machine's own. Its serial number is how a guest knows it from volumes. */
  private static List<String> disk(String name, String file) {
    return List.of(
        "-drive",
        "if=none,id=" + name + "," + file,
        "-device",
        "virtio-blk-pci,drive=" + name + ",serial=" + name);
  }

  private static String network(List<Endpoint> endpoints) {
    return "user,id=net,restrict=on,ipv6=off,net="
        + NETWORK
        + ",dhcpstart="
        + ADDRESS
        + endpoints.stream()
            .map(to -> ",hostfwd=tcp:" + to.host() + ":" + to.port() + "-:" + to.guestPort())
            .collect(Collectors.joining());
  }

  private static String mac(String id) {
    CRC32 sum = new CRC32();
    sum.update(id.getBytes(StandardCharsets.UTF_8));
    long value = sum.getValue();
    return String.format(
        "52:54:00:%02x:%02x:%02x", value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
  }

  @Override
  public Session attach(Box box, Guard.Running running) {
    return QemuSession.attach(box, running);
  }
}
