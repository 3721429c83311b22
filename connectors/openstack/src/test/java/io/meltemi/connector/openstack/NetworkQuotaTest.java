package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Inventory;
import io.meltemi.pivot.NetworkAmount;
import org.junit.jupiter.api.Test;

class NetworkQuotaTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  @Test
  void whatIsReservedCountsAsUsedAndWhatNeutronLeavesOutHasNoLimit() {
    Neutron.Quota quota =
        new Neutron.Quota(
            new Neutron.Use(100, 3, 1), null, new Neutron.Use(-1, 5, 0), new Neutron.Use(2, 0, 0));
    assertThat(Networking.told(quota))
        .isEqualTo(
            new Inventory.Networking(
                new NetworkAmount(100, NO_LIMIT, NO_LIMIT, 2), new NetworkAmount(4, 0, 5, 0)));
  }
}
