package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.NodeReport;
import io.meltemi.connector.node.host.GuestImage;
import io.meltemi.connector.node.host.GuestKind;
import io.meltemi.connector.node.host.Host;
import io.meltemi.connector.node.host.HostException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the node tells of itself. */
final class SelfReport {
  private static final long DISK_RESERVE_BYTES = 1L << 30;
  private static final long FIRST_DISK_KILOBYTES = 300_000;
  private static final String VERSION = "2";

  private final AgentSettings settings;
  private final Host host;

  SelfReport(AgentSettings settings, Host host) {
    this.settings = settings;
    this.host = host;
  }

  NodeReport report() {
    List<NodeReport.Image> images =
        host.images().list().stream()
            .filter(image -> host.kind().map(kind -> kind.runs(image)).orElse(false))
            .map(SelfReport::image)
            .toList();
    return new NodeReport(
        VERSION,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch"),
        capacity(),
        host.kinds(),
        images);
  }

  private static NodeReport.Image image(GuestImage image) {
    return new NodeReport.Image(
        image.folder(),
        image.name(),
        image.leastMemoryKibibytes(),
        (image.diskBytes() + 999) / 1000);
  }

  NodeReport.Capacity capacity() {
    int cpu = Runtime.getRuntime().availableProcessors() * settings.cpuFactor();
    int machines = Math.min(settings.machines(), cpu); // each has at least one
    long aside =
        settings.memoryReserveKibibytes()
            + machines * host.kind().map(GuestKind::memoryCostKibibytes).orElse(0L);
    return new NodeReport.Capacity(
        machines,
        cpu,
        Math.max(0, memoryKibibytes() - aside),
        Math.max(0, diskBytes() / 1000 - machines * FIRST_DISK_KILOBYTES),
        FIRST_DISK_KILOBYTES);
  }

  private static long memoryKibibytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemTotal:"))
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0L);
    } catch (IOException e) {
      throw new HostException("cannot read /proc/meminfo", e);
    }
  }

  /**
   * What is free, and what partitions and volumes have used of it, to whole gigabytes so that it
   * stays calm.
   */
  private long diskBytes() {
    try {
      Map<Object, Long> used = new HashMap<>();
      addUsed(used, host.node().resolve("partitions"));
      addUsed(used, host.disks().folder());
      long free = Files.getFileStore(host.node()).getUsableSpace();
      long sum = used.values().stream().mapToLong(Long::longValue).sum();
      return Math.max(0, free + sum - DISK_RESERVE_BYTES) / 1_000_000_000 * 1_000_000_000;
    } catch (IOException e) {
      throw new HostException("cannot tell the free space", e);
    }
  }

  /** A file counts once, however many names it has; one that has just gone does not count. */
  private static void addUsed(Map<Object, Long> used, Path folder) throws IOException {
    if (Files.exists(folder)) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
              Object key = found.fileKey();
              used.put(key == null ? file : key, found.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    }
  }
}
