package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.kit.Outside;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is special to servers of nova. Needs the OpenStack of dev/openstack, like the contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class ServersIT {
  private static final String NET = "kit-net";
  private static final String GROUP = "kit-group";

  private final Lab lab = new Lab();
  private Map<String, String> settings;
  private Connector connector;

  @BeforeAll
  void open() {
    String network = lab.openstack("network", "create", "-f", "value", "-c", "id", NET);
    lab.openstack("subnet", "create", "--network", network, "--subnet-range", "10.77.0.0/24", NET);
    lab.openstack("security", "group", "create", GROUP);
    settings = new HashMap<>(lab.settings());
    settings.put("networks", network + "," + lab.value("LAB_NETWORK_ID"));
    settings.put("securityGroups", GROUP);
    connector =
        new OpenStackConnectorFactory()
            .open(
                settings,
                new Context("kit-3", Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }

  @AfterAll
  void close() {
    connector.machines().list().forEach(machine -> connector.machines().delete(machine.handle()));
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> connector.machines().list().isEmpty());
    connector.close();
    lab.openstack("network", "delete", NET);
    lab.openstack("security", "group", "delete", GROUP);
  }

  private Handle create() {
    return create(List.of());
  }

  private Handle create(List<Long> disks) {
    return connector
        .machines()
        .create(
            Orders.with(Orders.plain("special", 1, 524288), disks),
            new Spot("az1", Optional.of("1"), lab.value("LAB_IMAGE_ID")),
            new Token("kit-" + UUID.randomUUID()));
  }

  @Test
  void networksAndSecurityGroupsAreThoseOfTheSettings() {
    Handle machine = create();
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() ->
            assertThat(connector.machines().read(machine).orElseThrow().addresses())
                .extracting(address -> address.network())
                .containsExactlyInAnyOrder(NET, "demo-net"));
    assertThat(lab.openstack("server", "show", "-f", "json", machine.value())).contains(GROUP);
  }

  @Test
  void disksOfTheSameSizeAreAsManyAsWereOrdered() {
    Handle machine = create(List.of(1_000_000L, 1_000_000L));
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() -> assertThat(lab.blankVolumes(machine.value())).containsExactly(1L, 1L));
  }

  @Test
  void aListThatNovaCutsIsReadToItsEnd() {
    Set<String> made = Set.of(create().value(), create().value(), create().value());
    try (Nova nova = new Nova(OpenStackSettings.of(settings), Outside.thisMachine())) {
      assertThat(new Servers(nova, new Tags("kit-3", Clock.systemUTC()), 2).ours())
          .extracting(NovaServer::id)
          .doesNotHaveDuplicates()
          .containsAll(made);
    }
  }

  @Test
  void aChangeAtNovaIsHinted() throws Exception {
    Handle machine = create();
    Queue<Handle> told = new ConcurrentLinkedQueue<>();
    try (AutoCloseable watch = connector.watch(told::add)) {
      assertThat(watch).isNotNull();
      Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> told.contains(machine));
      told.clear();
      lab.openstack("server", "delete", machine.value());
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> told.contains(machine));
    }
  }
}
