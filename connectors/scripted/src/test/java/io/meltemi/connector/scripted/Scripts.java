package io.meltemi.connector.scripted;

/** Scripts for tests. */
final class Scripts {
  private static final String TEXT =
      """
      name: trial
      password: open-sesame
      places:
        - location: { id: north, country: SE }
          capacity: { machines: 20, cpu: 40, memoryKibibytes: 83886080, diskKilobytes: 800000000 }
          abilities: [START, STOP, FORCE_STOP, RESTART, PAUSE, SUSPEND, CAPTURE, CONSOLE,
            USER_DATA, LOGIN_KEY, GUEST_PORTS, EXTRA_DISK, VOLUME_CREATE, VOLUME_ATTACH,
            VOLUME_SNAPSHOT, MACHINE_SNAPSHOT, NETWORK_CREATE, NETWORK_RANGE, FLOATING_ADDRESS,
            NETWORK_CHOICE]
        - location: { id: weak, country: FR }
          abilities: []
        - location: { id: free, country: ES }
          abilities: [START, STOP, FORCE_STOP, FREE_SIZE, VOLUME_CREATE, NETWORK_CREATE]
      sizes:
        - id: small
          name: small
          shape: { machines: 1, cpu: 1, memoryKibibytes: 1048576, diskKilobytes: 10000000 }
          places: [north, weak]
        - name: free
          shape: { machines: 1, cpu: 8, memoryKibibytes: 16777216, diskKilobytes: 100000000 }
          places: [free]
      volumeTypes:
        - { id: plain, name: plain, mostKilobytes: 50000000,
            places: [north, free] }
      networks:
        - { id: net-1, name: lan, open: true, mtu: 1500, subnets: [10.20.0.0/16], places: [north] }
        - { id: net-2, name: lan, open: true, subnets: [10.30.0.0/16], places: [north] }
        - { id: net-3, name: world, outside: true }
      floating: { addresses: [203.0.113.10, 203.0.113.11, 203.0.113.12], quota: 3 }
      images:
        - { id: debian, name: debian, leastMemoryKibibytes: 262144 }
      quota: { machines: 30, cpu: 60, memoryKibibytes: 125829120, volumes: 20 }
      delays: { create: PT3S, start: PT2S, stop: PT2S, force_stop: PT1S, restart: PT2S,
        force_restart: PT1S, pause: PT1S, suspend: PT2S, capture: PT5S, delete: PT1S,
        createVolume: PT2S, attach: PT2S, detach: PT2S, snapshot: PT4S, deleteVolume: PT1S,
        snapshotMachine: PT3S, restore: PT2S, createNetwork: PT1S, deleteNetwork: PT1S }
      strangers:
        - { name: stranger, place: north, size: small, image: debian }
      """;

  /** One place that can do everything but free sizes, and one that can do next to nothing. */
  static final CloudScript TRIAL = CloudScript.parse(TEXT);

  /** The same, all at once. */
  static final CloudScript SWIFT = CloudScript.parse(TEXT.replaceAll("PT[0-9]S", "PT0S"));

  /** The same, but the weak place can do everything. */
  static final CloudScript STRONG =
      CloudScript.parse(
          TEXT.replace(
                  "abilities: []",
                  "abilities: [START, STOP, FORCE_STOP, RESTART, PAUSE, SUSPEND, CAPTURE, CONSOLE,"
                      + " USER_DATA, LOGIN_KEY, GUEST_PORTS, FREE_SIZE, VOLUME_CREATE,"
                      + " VOLUME_ATTACH, VOLUME_SNAPSHOT, MACHINE_SNAPSHOT, NETWORK_CREATE,"
                      + " NETWORK_RANGE, FLOATING_ADDRESS, NETWORK_CHOICE]")
              .replace("places: [north] }", "places: [north, weak] }")
              .replace("places: [free]", "places: [free, weak]")
              .replace("places: [north, free] }", "places: [north, free, weak] }"));

  /** The same, but the strong place can do nothing. */
  static final CloudScript FEEBLE =
      CloudScript.parse(
          TEXT.replaceFirst("(?s)abilities: .START.*?NETWORK_CHOICE.", "abilities: []")
              .replace("places: [north, free] }", "places: [free] }")
              .replace("open: true, ", ""));

  /** The first one's text, but it has no floating addresses. */
  static final String LENDING_NONE = TEXT.replaceFirst("addresses: .203.*?]", "addresses: []");

  /** The first one's text, but with another quota of floating addresses. */
  static String lendingAtMost(int quota) {
    return TEXT.replace("quota: 3 }", "quota: " + quota + " }");
  }

  /** The first one's text with a quota of networks and ports. */
  static String joiningAtMost(int networks, int ports) {
    return TEXT + "networkQuota: { networks: %d, ports: %d }%n".formatted(networks, ports);
  }

  private Scripts() {}
}
