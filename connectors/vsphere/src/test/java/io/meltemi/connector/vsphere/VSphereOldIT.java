package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** At a vCenter of version 6.5, which has first-class disks and no snapshots of them. */
class VSphereOldIT {
  @Test
  void volumesAreOfferedAndSnapshotsOfThemAreNot() {
    try (OwnVCenter old = new OwnVCenter("old", Map.of("VSPHERE_API_VERSION", "6.5"));
        Connector connector = old.lab().open(Map.of(), "own")) {
      Set<Capability> abilities = connector.discover().places().getFirst().abilities();
      assertThat(abilities)
          .contains(Capability.VOLUME_CREATE, Capability.VOLUME_ATTACH)
          .doesNotContain(Capability.VOLUME_SNAPSHOT);
      Handle volume =
          connector
              .volumes()
              .create(
                  new VolumeOrder("data", 1_000_000, Optional.empty(), Terms.NONE),
                  new VolumeSpot("DC0_C0", Optional.empty(), Optional.empty()),
                  new Token("old-1"));
      ConnectorException refused =
          catchThrowableOfType(
              ConnectorException.class,
              () -> connector.volumes().snapshot(volume, "never", new Token("old-2")));
      assertThat(refused.fault()).isEqualTo(Fault.UNSUPPORTED);
      assertThat(connector.snapshots().find(new Token("old-2"))).isEmpty();
      connector.volumes().delete(volume);
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> connector.volumes().read(volume).isEmpty());
    }
  }
}
