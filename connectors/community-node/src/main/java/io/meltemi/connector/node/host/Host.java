package io.meltemi.connector.node.host;

import io.meltemi.connector.node.NodeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * This host as a place for guests: what works was tried, by booting a guest once.
 *
 * @param kind the best kind that works; empty when none does
 * @param kinds what was tried, the one in use first
 */
public record Host(
    Path node,
    Users users,
    Cgroups cgroups,
    Guard guard,
    GuestImages images,
    Optional<GuestKind> kind,
    List<NodeReport.Kind> kinds) {

  public Host {
    kinds = List.copyOf(kinds);
  }

  /** What guests need whatever their kind is; nothing has been tried. */
  public static Host open(Path node) {
    Path folder = node.toAbsolutePath().normalize();
    CRC32 sum = new CRC32();
    sum.update(folder.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    try {
      Files.createDirectories(folder.resolve("partitions"));
    } catch (IOException e) {
      throw new HostException("cannot make " + folder, e);
    }
    return new Host(
        folder,
        Users.of(folder),
        Cgroups.detect(Path.of("/sys/fs/cgroup"), Long.toHexString(sum.getValue())),
        Guard.install(folder),
        new GuestImages(folder.resolve("images")),
        Optional.empty(),
        List.of());
  }

  /** The same host after all kinds were tried. */
  public Host tried(Trials trials) {
    List<NodeReport.Kind> reports = new ArrayList<>();
    for (Trials.Candidate candidate : trials.candidates(this)) {
      try {
        GuestKind kind = candidate.attempt().get();
        reports.addFirst(kind.report());
        return new Host(node, users, cgroups, guard, images, Optional.of(kind), reports);
      } catch (HostException e) {
        reports.add(candidate.failed(e.reason()));
      }
    }
    return new Host(node, users, cgroups, guard, images, Optional.empty(), reports);
  }

  public Disks disks() {
    return new Disks(node.resolve("volumes"), users);
  }

  public Box box(String id, int slot) {
    return new Box(node.resolve("partitions").resolve(id), id, slot, users);
  }
}
