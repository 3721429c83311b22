package io.meltemi.ovf;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine as a package describes it.
 *
 * @param name what people call it
 * @param cpu virtual CPUs
 * @param memoryKibibytes main memory, rounded up to KiB
 * @param disks in the order in which the machine has them
 * @param facts what the writer noted beside: keys of letters to values
 * @param dropped what the package says of the machine and this record has no place for, one
 *     sentence each
 */
public record VirtualMachine(
    String name,
    Optional<String> description,
    int cpu,
    long memoryKibibytes,
    List<Disk> disks,
    Map<String, String> facts,
    List<String> dropped) {

  public VirtualMachine {
    disks = List.copyOf(disks);
    facts = Map.copyOf(facts);
    dropped = List.copyOf(dropped);
  }

  /**
   * A disk.
   *
   * @param capacityKilobytes size in units of 1000 bytes, rounded up
   * @param file the file of the package that it begins with; an empty disk has none
   */
  public record Disk(long capacityKilobytes, Optional<String> file) {}
}
