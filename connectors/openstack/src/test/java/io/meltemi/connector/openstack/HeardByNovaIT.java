package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.FaultProxy;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.kit.Outside;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nova is told, call by call. Needs the OpenStack of dev/openstack, like the contract. */
class HeardByNovaIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Lab lab = new Lab();
  private final FaultProxy proxy = new FaultProxy(lab.addresses());
  private final Connector connector = open();

  private Connector open() {
    Map<String, String> settings = new HashMap<>(lab.settings());
    settings.put("endpoint", proxy.address(lab.value("OS_AUTH_URL")));
    return new OpenStackConnectorFactory()
        .open(
            settings,
            new Context("kit-7", Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }

  @AfterEach
  void close() {
    connector.machines().list().forEach(machine -> connector.machines().delete(machine.handle()));
    connector.close();
    proxy.close();
  }

  @Test
  void everyCallAsksForItsVersionAndRestartsAreToldApart() {
    assertThat(connector.discover().sizes()).isNotEmpty();
    Handle machine = create();
    restarted(machine, MachineAction.RESTART);
    assertThat(reboots()).containsExactly("{\"reboot\":{\"type\":\"SOFT\"}}");
    restarted(machine, MachineAction.FORCE_RESTART);
    assertThat(reboots()).last().isEqualTo("{\"reboot\":{\"type\":\"HARD\"}}");
    assertThat(connector.machines().console(machine)).isNotNull();
    connector.machines().delete(machine);

    assertThat(atNova()).extracting(FaultProxy.Call::method).contains("GET", "POST", "DELETE");
    assertThat(atNova())
        .allSatisfy(call ->
            assertThat(call.headers())
                .containsEntry("openstack-api-version", List.of("compute 2.1")));
  }

  private Handle create() {
    return connector
        .machines()
        .create(
            Orders.plain("heard", 1, 524288),
            new Spot("az1", Optional.of("1"), lab.value("LAB_IMAGE_ID")),
            new Token("kit-" + UUID.randomUUID()));
  }

  /** Nova restarts nothing that it is busy with. */
  private void restarted(Handle machine, MachineAction action) {
    runs(machine);
    connector.machines().act(machine, action);
    runs(machine);
  }

  private void runs(Handle machine) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() ->
            connector
                .machines()
                .read(machine)
                .filter(seen -> seen.state() == MachineState.STARTED)
                .isPresent());
  }

  private List<String> reboots() {
    return atNova().stream()
        .map(FaultProxy.Call::body)
        .filter(body -> body.contains("reboot"))
        .map(body -> body.replaceAll("\\s", ""))
        .toList();
  }

  private List<FaultProxy.Call> atNova() {
    String nova = URI.create(proxy.address(lab.value("LAB_COMPUTE_URL"))).getAuthority();
    return proxy.seen().stream()
        .filter(call -> call.headers().getOrDefault("host", List.of()).contains(nova))
        .toList();
  }
}
