package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ZonesTest {
  @Test
  void volumesAreMadeInTheZoneOfTheSameName() {
    assertThat(Zones.volumesFor("az1", Set.of("az1", "az2"))).contains("az1");
  }

  @Test
  void aSingleZoneOfVolumesServesAllMachines() {
    assertThat(Zones.volumesFor("az1", Set.of("nova"))).contains("nova");
  }

  @Test
  void aZoneThatNoZoneOfVolumesBelongsToHasNone() {
    assertThat(Zones.volumesFor("az3", Set.of("az1", "az2"))).isEmpty();
    assertThat(Zones.volumesFor("az3", Set.of())).isEmpty();
    var found = new VolumeDiscovery.Found(Set.of("az1", "az2"), storage(List.of(type())));
    assertThat(found.abilities("az3")).isEmpty();
    assertThat(found.abilities("az1"))
        .containsExactlyInAnyOrder(
            Capability.EXTRA_DISK,
            Capability.VOLUME_CREATE,
            Capability.VOLUME_ATTACH,
            Capability.VOLUME_SNAPSHOT);
  }

  @Test
  void withoutATypeNothingIsOffered() {
    var found = new VolumeDiscovery.Found(Set.of("az1"), storage(List.of()));
    assertThat(found.abilities("az1")).isEmpty();
  }

  private static Inventory.Storage storage(List<Inventory.VolumeType> types) {
    return new Inventory.Storage(types, Amount.UNLIMITED, Amount.NONE);
  }

  private static Inventory.VolumeType type() {
    return new Inventory.VolumeType(
        Optional.of("1"), "lab", Long.MAX_VALUE, Optional.empty(), Set.of());
  }
}
