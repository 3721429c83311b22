package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Zones, types and quota of volumes. */
final class VolumeDiscovery {
  private static final Logger LOG = LoggerFactory.getLogger(VolumeDiscovery.class);
  private static final Set<Capability> ABILITIES =
      Set.of(
          Capability.EXTRA_DISK,
          Capability.VOLUME_CREATE,
          Capability.VOLUME_ATTACH,
          Capability.VOLUME_SNAPSHOT);

  private final BlockStorage storage;
  private final Zones zones;
  private final SideService service = new SideService();

  VolumeDiscovery(BlockStorage storage, Zones zones) {
    this.storage = storage;
    this.zones = zones;
  }

  /**
   * @param zones of volumes
   */
  record Found(Set<String> zones, Inventory.Storage storage) {
    static final Found NOTHING = new Found(Set.of(), Inventory.Storage.NONE);

    /** What works with volumes, and with disks that are made like them, in a zone of machines. */
    Set<Capability> abilities(String zone) {
      boolean offered = !storage.types().isEmpty() && Zones.volumesFor(zone, zones).isPresent();
      return offered ? ABILITIES : Set.of();
    }
  }

  /**
   * Nothing where there is no block storage, or none that answers: machines go on.
   *
   * @throws ConnectorException the first time that it asks for a pause: it is there
   */
  Found now() {
    if (storage.address().isEmpty()) {
      return Found.NOTHING;
    }
    return service.told(this::asked, VolumeDiscovery::without);
  }

  private Found asked() {
    return new Found(Faults.askingTwice(zones::ofVolumes), stored());
  }

  private static Found without(ConnectorException failure) {
    LOG.warn("no volumes are offered: the block storage says {}", failure.getMessage());
    return Found.NOTHING;
  }

  private Inventory.Storage stored() {
    Cinder.Absolute limits =
        Faults.askingTwice(() -> storage.calls().limits(storage.needed())).absolute();
    return new Inventory.Storage(
        types(),
        amount(limit(limits.maxTotalVolumes()), limit(limits.maxTotalVolumeGigabytes())),
        new Amount(
            0,
            0,
            0,
            Gibibytes.inKilobytes(limits.totalGigabytesUsed()),
            limits.totalVolumesUsed()));
  }

  private List<Inventory.VolumeType> types() {
    return Faults.askingTwice(() -> storage.calls().types(storage.needed())).stream()
        .map(VolumeDiscovery::type)
        .sorted(Comparator.comparing(Inventory.VolumeType::name))
        .toList();
  }

  /** The largest volume of a type is known to administrators alone. */
  private static Inventory.VolumeType type(Cinder.Type type) {
    String name = Objects.requireNonNullElse(type.name(), type.id());
    return new Inventory.VolumeType(
        Optional.of(type.id()), name, Long.MAX_VALUE, Optional.empty(), Set.of());
  }

  private static Amount amount(long volumes, long gibibytes) {
    return new Amount(
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        gibibytes == Long.MAX_VALUE ? gibibytes : Gibibytes.inKilobytes(gibibytes),
        volumes);
  }

  private static long limit(long value) {
    return value < 0 ? Long.MAX_VALUE : value;
  }
}
