package io.meltemi.connector.node.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The control groups of a machine, as the kernel shows them. */
final class Groups {
  private static final Path MOUNT = Path.of("/sys/fs/cgroup");

  /** A program that emulates a machine needs memory of its own, and not as much as this. */
  private static final long KIND_TAKES_KIBIBYTES = 512 * 1024;

  private final String machine;
  private final long process;

  Groups(String machine, long process) {
    this.machine = machine;
    this.process = process;
  }

  /** The process is in groups that give it one CPU and this memory. */
  void assertOneCpuAnd(long kibibytes, String way) throws IOException {
    switch (way) {
      case "cgroup v2" -> {
        assertThat(limit("", "cpu.max")).isEqualTo("100000 100000");
        assertMemory(limit("", "memory.max"), kibibytes);
        assertThat(limit("", "pids.max")).isEqualTo("512");
      }
      case "cgroup v1" -> {
        assertThat(limit("cpu", "cpu.cfs_quota_us")).isEqualTo("100000");
        assertThat(limit("cpu", "cpu.cfs_period_us")).isEqualTo("100000");
        assertMemory(limit("memory", "memory.limit_in_bytes"), kibibytes);
        assertThat(limit("pids", "pids.max")).isEqualTo("512");
      }
      default -> assertThat(way).as("this host has no control groups for us").isNotEmpty();
    }
  }

  private static void assertMemory(String bytes, long kibibytes) {
    assertThat(Long.parseLong(bytes) / 1024).isBetween(kibibytes, kibibytes + KIND_TAKES_KIBIBYTES);
  }

  private String limit(String controller, String file) throws IOException {
    try (DirectoryStream<Path> nodes =
        Files.newDirectoryStream(MOUNT.resolve(controller), "meltemi-*")) {
      for (Path node : nodes) {
        Path group = node.resolve(machine);
        if (Files.exists(group)) {
          assertThat(Files.readAllLines(group.resolve("cgroup.procs")))
              .contains(Long.toString(process));
          return Files.readString(group.resolve(file)).strip();
        }
      }
    }
    throw new AssertionError("no group " + controller + " of " + machine);
  }
}
