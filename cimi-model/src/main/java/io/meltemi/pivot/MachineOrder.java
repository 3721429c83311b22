package io.meltemi.pivot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A machine.
 *
 * @param cpu virtual CPUs, at least 1
 * @param memoryKibibytes main memory in KiB, as CIMI counts it
 * @param disksKilobytes one entry per extra disk, in units of 1000 bytes
 * @param cpuArchitecture as CIMI names it; empty accepts any
 * @param cpuSpeedMegahertz least speed; empty accepts any
 * @param image our id of the image to boot
 * @param imageName the image's name, for people
 * @param userDataBase64 given to the guest unchanged after decoding (R98)
 * @param login who may log in
 * @param guestPorts ports of the guest that its place shall make reachable
 * @param initialState STARTED, STOPPED, PAUSED or SUSPENDED
 * @param mounts the volumes that it gets
 * @param nics its cards, the first one first; empty leaves them to the place
 * @param floating whether an address is lent to it that leads to it from outside
 * @param unmet what else somebody wants of it that no place carries out, by attribute
 */
public record MachineOrder(
    String name,
    int cpu,
    long memoryKibibytes,
    List<Long> disksKilobytes,
    Optional<String> cpuArchitecture,
    OptionalInt cpuSpeedMegahertz,
    String image,
    String imageName,
    Optional<String> userDataBase64,
    Optional<Login> login,
    List<Integer> guestPorts,
    MachineState initialState,
    Terms terms,
    List<Mount> mounts,
    List<Nic> nics,
    Floating floating,
    Map<String, String> unmet)
    implements Order {

  /** How much a machine needs an address that is lent to it. */
  public enum Floating {
    NONE,
    /** Where the place lends none it does without. */
    WISHED,
    DEMANDED
  }

  /**
   * Who may log in to the machine.
   *
   * @param userName name of the first user; empty leaves it to the image
   * @param password empty when only the key counts
   * @param publicKey one line in OpenSSH form
   */
  public record Login(
      Optional<String> userName, Optional<String> password, Optional<String> publicKey) {
    @Override
    public String toString() {
      return "Login[" + userName.orElse("") + "]";
    }
  }

  public MachineOrder {
    if (cpu < 1) {
      throw new IllegalArgumentException("cpu must be at least 1, was " + cpu);
    }
    if (memoryKibibytes < 1) {
      throw new IllegalArgumentException("memory must be at least 1 KiB, was " + memoryKibibytes);
    }
    if (disksKilobytes.stream().anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException("a disk must hold at least 1 kB");
    }
    switch (initialState) {
      case STARTED, STOPPED, PAUSED, SUSPENDED -> {}
      default ->
          throw new IllegalArgumentException(
              "initialState must be STARTED, STOPPED, PAUSED or SUSPENDED, was " + initialState);
    }
    disksKilobytes = List.copyOf(disksKilobytes);
    guestPorts = List.copyOf(guestPorts);
    mounts = List.copyOf(mounts);
    nics = List.copyOf(nics);
    unmet = Collections.unmodifiableMap(new LinkedHashMap<>(unmet));
  }

  /** A machine without volumes and floating address, in whatever network. */
  public MachineOrder(
      String name,
      int cpu,
      long memoryKibibytes,
      List<Long> disksKilobytes,
      Optional<String> cpuArchitecture,
      OptionalInt cpuSpeedMegahertz,
      String image,
      String imageName,
      Optional<String> userDataBase64,
      Optional<Login> login,
      List<Integer> guestPorts,
      MachineState initialState,
      Terms terms) {
    this(
        name,
        cpu,
        memoryKibibytes,
        disksKilobytes,
        cpuArchitecture,
        cpuSpeedMegahertz,
        image,
        imageName,
        userDataBase64,
        login,
        guestPorts,
        initialState,
        terms,
        List.of(),
        List.of(),
        Floating.NONE,
        Map.of());
  }

  /** The same with these volumes. */
  public MachineOrder mounting(List<Mount> volumes) {
    return with(volumes, nics, floating, unmet);
  }

  /** The same with these cards. */
  public MachineOrder in(List<Nic> networks) {
    return with(mounts, networks, floating, unmet);
  }

  /** The same with a floating address that it cannot do without, or with none. */
  public MachineOrder floating(boolean lent) {
    return floating(lent ? Floating.DEMANDED : Floating.NONE);
  }

  /** The same with a floating address so. */
  public MachineOrder floating(Floating lent) {
    return with(mounts, nics, lent, unmet);
  }

  /** True when a place that lends addresses lends it one. */
  public boolean floatingAddress() {
    return floating != Floating.NONE;
  }

  /** The same with these wishes that no place carries out. */
  public MachineOrder wishing(Map<String, String> wishes) {
    return with(mounts, nics, floating, wishes);
  }

  private MachineOrder with(
      List<Mount> volumes, List<Nic> networks, Floating lent, Map<String, String> wishes) {
    return new MachineOrder(
        name,
        cpu,
        memoryKibibytes,
        disksKilobytes,
        cpuArchitecture,
        cpuSpeedMegahertz,
        image,
        imageName,
        userDataBase64,
        login,
        guestPorts,
        initialState,
        terms,
        volumes,
        networks,
        lent,
        wishes);
  }

  /** The volumes that are made with it. */
  public List<VolumeOrder> newVolumes() {
    return mounts.stream()
        .flatMap(each -> each instanceof Mount.Fresh fresh ? Stream.of(fresh.order()) : Stream.of())
        .toList();
  }

  /** Of the machine alone: each new volume counts by itself. */
  @Override
  public Amount amount() {
    return new Amount(
        1, cpu, memoryKibibytes, disksKilobytes.stream().mapToLong(Long::longValue).sum());
  }

  /** What the order must not reveal in a log line. */
  public Map<String, Object> forLog() {
    return Map.of("name", name, "cpu", cpu, "memoryKibibytes", memoryKibibytes, "image", image);
  }
}
