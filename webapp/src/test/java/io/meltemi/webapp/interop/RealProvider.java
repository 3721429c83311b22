package io.meltemi.webapp.interop;

import java.util.List;

/**
 * What is known beforehand of a provider that dev/interop runs the scenarios on.
 *
 * @param snapshots whether it takes snapshots of volumes
 * @param carried how it carries the order for every provider
 */
record RealProvider(boolean snapshots, TravellingOrder.Carried carried) {
  /** Sizes are flavors; disks and volumes are whole GiB. */
  private static final RealProvider OPENSTACK =
      new RealProvider(
          true,
          new TravellingOrder.Carried(
              List.of(
                  "cpu EXACT: 1 CPUs, 1 CPUs, +0",
                  "memory APPROXIMATED: 200000 KiB, 524288 KiB, +324288 KiB",
                  "disks APPROXIMATED: 1200000 kB, 2147483 kB, +947483 kB",
                  "name EXACT: NAME, NAME, +0",
                  "machineConfig APPROXIMATED: 1 CPUs, 200000 KiB, m1.tiny, +0",
                  "cpuSpeed DROPPED: 2000 MHz, nothing, +0",
                  "image EXACT: tiny-linux, tiny-linux, +0",
                  "userData EXACT: given, given, +0",
                  "publicKey EXACT: given, given, +0",
                  "userName DROPPED: anna, nothing, +0",
                  "initialState EXACT: STARTED, STARTED, +0",
                  "volumeTemplates EXACT: NAME-volume1, NAME-volume1, +0",
                  "initialLocation DROPPED: /dev/sdf, nothing, +0",
                  "network EXACT: demo-net, demo-net, +0",
                  "floatingAddress EXACT: true, true, +0",
                  "disks[0].format DROPPED: ext4, nothing, +0",
                  "disks[0].initialLocation DROPPED: /dev/sdb, nothing, +0"),
              List.of(
                  "capacity APPROXIMATED: 1600000 kB, 2147483 kB, +547483 kB",
                  "name EXACT: NAME-volume1, NAME-volume1, +0",
                  TravellingOrder.TYPE,
                  "format DROPPED: ext4, nothing, +0")));

  /** Memory comes in steps of 4 MiB, volumes in steps of 1 MiB; names are cut. */
  private static final RealProvider VSPHERE =
      new RealProvider(
          true,
          new TravellingOrder.Carried(
              List.of(
                  "cpu EXACT: 1 CPUs, 1 CPUs, +0",
                  "memory APPROXIMATED: 200000 KiB, 200704 KiB, +704 KiB",
                  "disks EXACT: 1200000 kB, 1200000 kB, +0",
                  "name APPROXIMATED: NAME, CUT, +0",
                  "cpuSpeed DROPPED: 2000 MHz, nothing, +0",
                  "image EXACT: tpl-debian12, tpl-debian12, +0",
                  "userData EXACT: given, given, +0",
                  "publicKey EXACT: given, given, +0",
                  "userName DROPPED: anna, nothing, +0",
                  "initialState EXACT: STARTED, STARTED, +0",
                  "volumeTemplates EXACT: NAME-volume1, NAME-volume1, +0",
                  "initialLocation DROPPED: /dev/sdf, nothing, +0",
                  "network EXACT: DC0_DVPG0, DC0_DVPG0, +0",
                  "floatingAddress DROPPED: true, nothing, +0",
                  "disks[0].format DROPPED: ext4, nothing, +0",
                  "disks[0].initialLocation DROPPED: /dev/sdb, nothing, +0"),
              List.of(
                  "capacity APPROXIMATED: 1600000 kB, 1600126 kB, +126 kB",
                  "name APPROXIMATED: NAME-volume1, SHORT, +0",
                  TravellingOrder.TYPE,
                  "format DROPPED: ext4, nothing, +0")));

  /**
   * @param connector its name
   */
  static RealProvider of(String connector) {
    return switch (connector) {
      case "openstack" -> OPENSTACK;
      case "vsphere" -> VSPHERE;
      default -> throw new IllegalArgumentException("nothing is known of " + connector);
    };
  }
}
