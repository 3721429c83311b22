package io.meltemi.pivot;

/**
 * An amount of computing: what a size holds, what is free, what a quota allows.
 *
 * @param machines how many machines
 * @param cpu virtual CPUs
 * @param memoryKibibytes main memory in KiB
 * @param diskKilobytes disks and volumes in units of 1000 bytes
 * @param volumes how many volumes
 */
public record Amount(
    long machines, long cpu, long memoryKibibytes, long diskKilobytes, long volumes) {
  public static final Amount NONE = new Amount(0, 0, 0, 0);

  /** No limit known or set. */
  public static final Amount UNLIMITED =
      new Amount(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

  public Amount {
    if (machines < 0 || cpu < 0 || memoryKibibytes < 0 || diskKilobytes < 0 || volumes < 0) {
      throw new IllegalArgumentException("an amount cannot be negative");
    }
  }

  /** An amount without volumes. */
  public Amount(long machines, long cpu, long memoryKibibytes, long diskKilobytes) {
    this(machines, cpu, memoryKibibytes, diskKilobytes, 0);
  }

  public Amount plus(Amount other) {
    return new Amount(
        sum(machines, other.machines),
        sum(cpu, other.cpu),
        sum(memoryKibibytes, other.memoryKibibytes),
        sum(diskKilobytes, other.diskKilobytes),
        sum(volumes, other.volumes));
  }

  /** What is left after {@code other} is taken; never below zero. */
  public Amount minus(Amount other) {
    return new Amount(
        rest(machines, other.machines),
        rest(cpu, other.cpu),
        rest(memoryKibibytes, other.memoryKibibytes),
        rest(diskKilobytes, other.diskKilobytes),
        rest(volumes, other.volumes));
  }

  /** True when {@code other} fits into this in every dimension. */
  public boolean holds(Amount other) {
    return machines >= other.machines
        && cpu >= other.cpu
        && memoryKibibytes >= other.memoryKibibytes
        && diskKilobytes >= other.diskKilobytes
        && volumes >= other.volumes;
  }

  private static long sum(long left, long right) {
    return left > Long.MAX_VALUE - right ? Long.MAX_VALUE : left + right;
  }

  private static long rest(long left, long right) {
    return left == Long.MAX_VALUE ? left : Math.max(0, left - right);
  }
}
