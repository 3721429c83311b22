package io.meltemi.connector.openstack;

import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jclouds.openstack.nova.v2_0.domain.Flavor;

/** Zones, flavors, images, volumes, networks and quota of the project. */
final class Discovery {
  /** Nova's stop ends by force when the guest does not answer, so it serves as both. */
  private static final Set<Capability> ABILITIES =
      Set.of(
          Capability.START,
          Capability.STOP,
          Capability.FORCE_STOP,
          Capability.RESTART,
          Capability.PAUSE,
          Capability.SUSPEND,
          Capability.CAPTURE,
          Capability.CONSOLE,
          Capability.USER_DATA,
          Capability.LOGIN_KEY);

  private final Nova nova;
  private final OpenStackSettings settings;
  private final Zones zones;
  private final VolumeDiscovery volumes;
  private final Networking networks;
  private final Clock clock;

  Discovery(
      Nova nova,
      OpenStackSettings settings,
      Zones zones,
      VolumeDiscovery volumes,
      Networking networks,
      Clock clock) {
    this.nova = nova;
    this.settings = settings;
    this.zones = zones;
    this.volumes = volumes;
    this.networks = networks;
    this.clock = clock;
  }

  /** Its time is from before anything was counted: what is ordered meanwhile is new to it. */
  Inventory now() {
    Instant observed = clock.instant();
    String region = nova.region();
    NovaGaps.Absolute limits = nova.gaps().limits(region).absolute();
    VolumeDiscovery.Found storage = volumes.now();
    Networking.Found nets = networks.now();
    Inventory inventory =
        new Inventory(
            zones.ofMachines().stream()
                .map(zone -> place(zone, storage.abilities(zone), nets))
                .toList(),
            nova.flavors().stream()
                .filter(Discovery::hasDisk)
                .map(Discovery::size)
                .sorted(Comparator.comparing(Inventory.Size::name))
                .toList(),
            nova.images().stream()
                .filter(image -> image.is("ACTIVE"))
                .map(Discovery::image)
                .sorted(Comparator.comparing(Inventory.Image::id))
                .toList(),
            limit(limits),
            used(limits),
            observed,
            "nova 2.1 in " + region,
            storage.storage(),
            nets.shown(),
            nets.quota());
    return nets.project()
        .map(project -> inventory.identified(project + " in " + region))
        .orElse(inventory);
  }

  private Inventory.Place place(String zone, Set<Capability> ofVolumes, Networking.Found nets) {
    Location here = Location.named(zone);
    Location location = settings.country().map(here::inCountry).orElse(here);
    Set<Capability> all = EnumSet.copyOf(ABILITIES);
    all.addAll(ofVolumes);
    if (nets.choice()) all.add(Capability.NETWORK_CHOICE);
    if (nets.create()) all.addAll(Set.of(Capability.NETWORK_CREATE, Capability.NETWORK_RANGE));
    if (nets.lending()) all.add(Capability.FLOATING_ADDRESS);
    return new Inventory.Place(location, Amount.UNLIMITED, all, Optional.empty());
  }

  /** Nova lets administrators alone have a server of an image whose flavor has none. */
  private static boolean hasDisk(Flavor flavor) {
    return flavor.getDisk() > 0;
  }

  private static Inventory.Size size(Flavor flavor) {
    return new Inventory.Size(
        Optional.of(flavor.getId()), named(flavor), shape(flavor), Optional.empty(), Set.of());
  }

  private static String named(Flavor flavor) {
    return Objects.requireNonNullElse(flavor.getName(), flavor.getId());
  }

  /** Memory is told in MiB, disk in GiB. */
  static Amount shape(Flavor flavor) {
    return new Amount(
        1, flavor.getVcpus(), flavor.getRam() * 1024L, Gibibytes.inKilobytes(flavor.getDisk()));
  }

  private static Inventory.Image image(NovaImage image) {
    return new Inventory.Image(
        image.id(),
        Objects.requireNonNullElse(image.name(), ""),
        Optional.empty(),
        image.minRam() * 1024L,
        Gibibytes.inKilobytes(image.leastDisk()),
        Set.of());
  }

  private static Amount limit(NovaGaps.Absolute limits) {
    return new Amount(
        limit(limits.maxTotalInstances(), 1),
        limit(limits.maxTotalCores(), 1),
        limit(limits.maxTotalRAMSize(), 1024),
        Long.MAX_VALUE);
  }

  private static long limit(long value, long factor) {
    return value < 0 ? Long.MAX_VALUE : value * factor;
  }

  private static Amount used(NovaGaps.Absolute limits) {
    return new Amount(
        limits.totalInstancesUsed(), limits.totalCoresUsed(), limits.totalRAMUsed() * 1024, 0);
  }
}
