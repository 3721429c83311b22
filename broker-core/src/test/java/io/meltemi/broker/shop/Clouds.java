package io.meltemi.broker.shop;

import io.meltemi.connector.scripted.CloudScript;

/** Scripts of clouds as stories need them. */
final class Clouds {
  private static final String LAN =
      "networks:\n  - { id: lan, name: lan, open: true, subnets: [10.9.0.0/24] }\n";

  private Clouds() {}

  /** A cloud with one place and one size which can do everything, at once. */
  static CloudScript quick(String name) {
    return script(name, "");
  }

  /** The same, and what takes time there, for instance {@code create: PT4S}. */
  static CloudScript slow(String name, String delays) {
    return script(name, "delays: { %s }%n".formatted(delays));
  }

  /** The same with machines of two CPUs. */
  static CloudScript large(String name) {
    return CloudScript.parse(text(name, "").replace("cpu: 1,", "cpu: 2,"));
  }

  /** The same with one network to join, and with networks that can be made. */
  static CloudScript connected(String name) {
    return connected(name, "");
  }

  /** Likewise, with more in its script. */
  static CloudScript connected(String name, String further) {
    return joining(text(name, LAN + further));
  }

  /** The same with floating addresses too. */
  static CloudScript whole(String name, String further) {
    return joining(lendingText(name, LAN + further));
  }

  private static CloudScript joining(String text) {
    String all = "NETWORK_CHOICE, NETWORK_CREATE, NETWORK_RANGE, VOLUME_CREATE,";
    return CloudScript.parse(text.replace("VOLUME_CREATE,", all));
  }

  /** The same with floating addresses. */
  static CloudScript lending(String name) {
    return CloudScript.parse(lendingText(name, ""));
  }

  static String lendingText(String name, String more) {
    String all = "floating: { addresses: [203.0.113.1, 203.0.113.2, 203.0.113.3] }\n";
    return text(name, all + more).replace("VOLUME_CREATE,", "FLOATING_ADDRESS, VOLUME_CREATE,");
  }

  static CloudScript script(String name, String more) {
    return CloudScript.parse(text(name, more));
  }

  static String text(String name, String more) {
    return """
    name: %s
    places:
      - location: { id: %s-1, country: GR }
        cpuArchitecture: x86_64
        abilities: [START, STOP, FORCE_STOP, RESTART, PAUSE, SUSPEND, CAPTURE, CONSOLE,
          VOLUME_CREATE, VOLUME_ATTACH, VOLUME_SNAPSHOT, MACHINE_SNAPSHOT]
    sizes:
      - id: small
        name: one CPU, 1 GiB
        shape: { machines: 1, cpu: 1, memoryKibibytes: 1048576, diskKilobytes: 10000000 }
        price: { perHour: 0.01, currency: EUR }
    volumeTypes:
      - { id: disk, name: disk, mostKilobytes: 100000000 }
    images:
      - { id: %s-debian, name: debian-12, cpuArchitecture: x86_64 }
    quota: { machines: 10 }
    %s\
    """
        .formatted(name, name, name, more);
  }
}
