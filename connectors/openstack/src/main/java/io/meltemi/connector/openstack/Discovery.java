package io.meltemi.connector.openstack;

import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jclouds.openstack.nova.v2_0.domain.Flavor;
import org.jclouds.openstack.nova.v2_0.domain.Image;
import org.jclouds.openstack.nova.v2_0.domain.regionscoped.AvailabilityZone;
import org.jclouds.openstack.nova.v2_0.extensions.AvailabilityZoneApi;

/** Zones, flavors, images and quota of the project. */
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
  private final Clock clock;

  Discovery(Nova nova, OpenStackSettings settings, Clock clock) {
    this.nova = nova;
    this.settings = settings;
    this.clock = clock;
  }

  Inventory now() {
    String region = nova.region();
    NovaGaps.Absolute limits = nova.gaps().limits(region).absolute();
    return new Inventory(
        zones(region),
        nova.api().getFlavorApi(region).listInDetail().concat().toList().stream()
            .map(Discovery::size)
            .sorted(Comparator.comparing(Inventory.Size::name))
            .toList(),
        nova.api().getImageApi(region).listInDetail().concat().toList().stream()
            .filter(image -> image.getStatus() == Image.Status.ACTIVE)
            .map(Discovery::image)
            .sorted(Comparator.comparing(Inventory.Image::id))
            .toList(),
        limit(limits),
        used(limits),
        clock.instant(),
        "nova 2.1 in " + region);
  }

  private List<Inventory.Place> zones(String region) {
    AvailabilityZoneApi zones = nova.api().getAvailabilityZoneApi(region).get();
    return zones.listAvailabilityZones().toList().stream()
        .filter(zone -> zone.getState().isAvailable())
        .map(AvailabilityZone::getName)
        .sorted()
        .map(this::place)
        .toList();
  }

  private Inventory.Place place(String zone) {
    Location here = Location.named(zone);
    Location location = settings.country().map(here::inCountry).orElse(here);
    return new Inventory.Place(location, Amount.UNLIMITED, ABILITIES, Optional.empty());
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
    return new Amount(1, flavor.getVcpus(), flavor.getRam() * 1024L, kilobytes(flavor.getDisk()));
  }

  private static long kilobytes(int gibibytes) {
    return gibibytes * (1L << 30) / 1000;
  }

  private static Inventory.Image image(Image image) {
    return new Inventory.Image(
        image.getId(),
        image.getName() == null ? "" : image.getName(),
        Optional.empty(),
        image.getMinRam() * 1024L,
        kilobytes(image.getMinDisk()),
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
