package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jclouds.openstack.nova.v2_0.domain.regionscoped.AvailabilityZone;

/**
 * Availability zones of machines and of volumes. Where both have the same name they belong
 * together; where all volumes are in one zone of another name, nova attaches them everywhere.
 */
final class Zones {
  private final Nova nova;
  private final BlockStorage storage;

  Zones(Nova nova, BlockStorage storage) {
    this.nova = nova;
    this.storage = storage;
  }

  /** Of machines, by name. */
  List<String> ofMachines() {
    return nova
        .api()
        .getAvailabilityZoneApi(nova.region())
        .get()
        .listAvailabilityZones()
        .toList()
        .stream()
        .filter(zone -> zone.getState().isAvailable())
        .map(AvailabilityZone::getName)
        .sorted()
        .toList();
  }

  Set<String> ofVolumes() {
    return storage.calls().zones(storage.needed()).stream()
        .filter(zone -> zone.state().available())
        .map(Cinder.Zone::name)
        .collect(Collectors.toSet());
  }

  /**
   * Where volumes for the machines of a zone are made. Cinder may be set to take one that it does
   * not know for another.
   *
   * @throws ConnectorException with BAD_REQUEST for a zone that there is not, with UNSUPPORTED for
   *     one without volumes
   */
  String volumesFor(String location) {
    Set<String> ofVolumes = ofVolumes();
    if (!ofVolumes.contains(location) && !ofMachines().contains(location)) {
      throw new ConnectorException(Fault.BAD_REQUEST, "no availability zone is called " + location);
    }
    return volumesFor(location, ofVolumes)
        .orElseThrow(() ->
            new ConnectorException(
                Fault.UNSUPPORTED, "no volumes are made for the availability zone " + location));
  }

  /** The same among the zones of volumes; empty where none serves it. */
  static Optional<String> volumesFor(String zone, Set<String> ofVolumes) {
    if (ofVolumes.contains(zone)) {
      return Optional.of(zone);
    }
    return ofVolumes.size() == 1 ? ofVolumes.stream().findFirst() : Optional.empty();
  }
}
