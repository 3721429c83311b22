package io.meltemi.connector.node;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.meltemi.pivot.Capability;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a node says of itself.
 *
 * @param agent version of the agent
 * @param host the owner's machine, in one line
 * @param cpuArchitecture of its guests, as CIMI names it
 * @param kinds what was tried on this host, the one in use first
 * @param images what a machine can be made of here
 */
public record NodeReport(
    String agent,
    String host,
    String cpuArchitecture,
    Capacity capacity,
    List<Kind> kinds,
    List<Image> images) {

  public NodeReport {
    Limits.line("agent", agent, Limits.NAME);
    Limits.line("host", host, Limits.NAME);
    Limits.line("cpuArchitecture", cpuArchitecture, 32);
    kinds = Limits.items("kinds", kinds, 8);
    images = Limits.items("images", images, 500);
  }

  /** The kind of machines that it runs; empty when none works. */
  Optional<Kind> inUse() {
    return kinds.stream().filter(Kind::works).findFirst();
  }

  /** An agent of the first version cannot read rows of volumes and snapshots. */
  boolean knowsVolumes() {
    return !agent.equals("1");
  }

  /**
   * What the owner lends, in all.
   *
   * @param machines most machines at a time
   * @param cpu virtual CPUs
   * @param memoryKibibytes memory of machines; what their running costs beside it is set aside
   * @param diskKilobytes disk, in units of 1000 bytes
   * @param firstDiskKilobytes size of a first disk that is set aside for each machine beside it
   */
  public record Capacity(
      int machines, int cpu, long memoryKibibytes, long diskKilobytes, long firstDiskKilobytes) {
    public Capacity {
      Limits.range("machines", machines, 0, 100_000);
      Limits.range("cpu", cpu, 0, 1_000_000);
      Limits.range("memoryKibibytes", memoryKibibytes, 0, 1L << 42);
      Limits.range("diskKilobytes", diskKilobytes, 0, 1L << 50);
      Limits.range("firstDiskKilobytes", firstDiskKilobytes, 0, 1L << 50);
    }
  }

  /**
   * A way of running machines.
   *
   * @param name {@code qemu} or {@code process}
   * @param how for instance {@code kvm} or {@code tcg}
   * @param works it has booted once on this host
   * @param reason why it does not work; empty when it does
   * @param bootMillis how long the trial took; 0 when it did not work
   * @param limits what holds CPU and memory, for instance {@code cgroup v2} or {@code rlimits}
   * @param network range of addresses of the network that each guest has, for instance {@code
   *     10.0.2.0/24}; empty where guests have none, and from agents that do not tell
   */
  public record Kind(
      String name,
      String how,
      boolean works,
      String reason,
      long bootMillis,
      String limits,
      Set<Capability> abilities,
      @JsonSetter(nulls = Nulls.AS_EMPTY) String network) {
    public Kind {
      Limits.line("kind.name", name, 32);
      Limits.line("kind.how", how, 64);
      Limits.text("kind.reason", reason, Limits.REASON);
      Limits.range("kind.bootMillis", bootMillis, 0, Integer.MAX_VALUE);
      Limits.line("kind.limits", limits, 64);
      abilities = Set.copyOf(abilities);
      Limits.cidrOrNone("kind.network", network);
    }
  }

  /**
   * @param leastMemoryKibibytes below it the image does not boot
   * @param leastDiskKilobytes size of the first disk, in units of 1000 bytes
   */
  public record Image(String id, String name, long leastMemoryKibibytes, long leastDiskKilobytes) {
    public Image {
      Limits.id("image.id", id);
      Limits.line("image.name", name, Limits.NAME);
      Limits.range("image.leastMemoryKibibytes", leastMemoryKibibytes, 0, 1L << 42);
      Limits.range("image.leastDiskKilobytes", leastDiskKilobytes, 0, 1L << 50);
    }
  }
}
