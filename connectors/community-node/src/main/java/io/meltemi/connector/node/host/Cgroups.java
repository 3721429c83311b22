package io.meltemi.connector.node.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Limits on CPU, memory and processes of a guest by control groups, whichever version the host has
 * and lets us use. What is there is found out by making a group, not by looking.
 */
public final class Cgroups {
  private static final long MOST_PROCESSES = 512;

  /** A guard looks once in a second whether its guest has ended. */
  private static final Duration GUARD_ENDS = Duration.ofSeconds(5);

  private static final Duration LOOK = Duration.ofMillis(50);

  /** The ways that hosts have, best first. */
  private enum Version {
    V2("cgroup v2"),
    V1("cgroup v1"),
    NONE("none");

    private final String words;

    Version(String words) {
      this.words = words;
    }
  }

  private final Path mount;
  private final String node;
  private final Version version;

  private Cgroups(Path mount, String node, Version version) {
    this.mount = mount;
    this.node = node;
    this.version = version;
  }

  /**
   * @param mount where control groups are mounted
   * @param node name of this node's groups, unique on the host
   */
  public static Cgroups detect(Path mount, String node) {
    for (Version version : List.of(Version.V2, Version.V1)) {
      Cgroups candidate = new Cgroups(mount, node, version);
      if (candidate.works()) {
        return candidate;
      }
    }
    return new Cgroups(mount, node, Version.NONE);
  }

  private boolean works() {
    try {
      limit("trial", 1, 1024 * 1024);
      remove("trial");
      return true;
    } catch (HostException e) {
      return false;
    }
  }

  /** For people: {@code cgroup v2}, {@code cgroup v1} or {@code none}. */
  public String describe() {
    return version.words;
  }

  /**
   * Makes the guest's groups, or sets their limits anew.
   *
   * @return files which a process writes its number to in order to join
   */
  List<Path> limit(String guest, int cpu, long memoryKibibytes) {
    try {
      return switch (version) {
        case V2 -> v2(guest, cpu, memoryKibibytes);
        case V1 -> v1(guest, cpu, memoryKibibytes);
        case NONE -> List.of();
      };
    } catch (IOException e) {
      throw new HostException("cannot set limits in " + mount, e);
    }
  }

  private List<Path> v2(String guest, int cpu, long memoryKibibytes) throws IOException {
    if (!Files.exists(mount.resolve("cgroup.controllers"))) {
      throw new HostException("no cgroup v2 at " + mount);
    }
    Path parent = mount.resolve("meltemi-" + node);
    write(mount.resolve("cgroup.subtree_control"), "+cpu +memory +pids");
    Files.createDirectories(parent);
    write(parent.resolve("cgroup.subtree_control"), "+cpu +memory +pids");
    Path group = Files.createDirectories(parent.resolve(guest));
    write(group.resolve("cpu.max"), cpu * 100_000L + " 100000");
    write(group.resolve("memory.max"), Long.toString(memoryKibibytes * 1024));
    if (Files.exists(group.resolve("memory.swap.max"))) {
      write(group.resolve("memory.swap.max"), "0");
    }
    write(group.resolve("pids.max"), Long.toString(MOST_PROCESSES));
    return List.of(group.resolve("cgroup.procs"));
  }

  private List<Path> v1(String guest, int cpu, long memoryKibibytes) throws IOException {
    Map<String, Map<String, Long>> settings =
        Map.of(
            "cpu", Map.of("cpu.cfs_period_us", 100_000L, "cpu.cfs_quota_us", cpu * 100_000L),
            "memory", Map.of("memory.limit_in_bytes", memoryKibibytes * 1024),
            "pids", Map.of("pids.max", MOST_PROCESSES));
    for (Map.Entry<String, Map<String, Long>> controller : settings.entrySet()) {
      if (!Files.exists(mount.resolve(controller.getKey()).resolve("cgroup.procs"))) {
        throw new HostException("no cgroup v1 controller " + controller.getKey());
      }
      Path group = Files.createDirectories(folder(controller.getKey(), guest));
      for (Map.Entry<String, Long> limit : controller.getValue().entrySet()) {
        write(group.resolve(limit.getKey()), limit.getValue().toString());
      }
    }
    return settings.keySet().stream()
        .sorted()
        .map(controller -> folder(controller, guest).resolve("cgroup.procs"))
        .toList();
  }

  private Path folder(String controller, String guest) {
    return mount.resolve(controller).resolve("meltemi-" + node).resolve(guest);
  }

  private static void write(Path file, String value) throws IOException {
    Files.writeString(file, value);
  }

  /**
   * Removes the guest's groups. A guard that is about to end is waited for; groups in which
   * something runs on stay.
   */
  void remove(String guest) {
    List<Path> groups =
        switch (version) {
          case V2 -> List.of(mount.resolve("meltemi-" + node).resolve(guest));
          case V1 -> Stream.of("cpu", "memory", "pids").map(name -> folder(name, guest)).toList();
          case NONE -> List.of();
        };
    long end = System.nanoTime() + GUARD_ENDS.toNanos();
    groups.forEach(group -> {
      while (!removeEmpty(group) && System.nanoTime() < end) LockSupport.parkNanos(LOOK.toNanos());
    });
    groups.stream().map(Path::getParent).forEach(Cgroups::removeEmpty);
  }

  /** False when other groups or processes are in it. */
  private static boolean removeEmpty(Path group) {
    try {
      Files.deleteIfExists(group);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
