package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Orders;
import io.meltemi.connector.kit.Outside;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.NetworkState;
import io.meltemi.pivot.Terms;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What is special to networks of neutron, whose mark is a description. Needs the OpenStack of
 * dev/openstack, like the contract.
 */
class NetworksIT {
  private static final NetworkOrder ORDER =
      new NetworkOrder(
          "special", Optional.empty(), OptionalLong.empty(), Optional.empty(), Terms.NONE);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Lab lab = new Lab();
  private final Connector connector = open("kit-5");
  private final Token token = new Token("kit-" + UUID.randomUUID());
  private final List<String> beyond = new ArrayList<>();
  private Optional<String> copy = Optional.empty();

  private Connector open(String account) {
    return new OpenStackConnectorFactory()
        .open(
            lab.settings(),
            new Context(account, Clock.systemUTC(), Outside.thisMachine(), Optional.empty()));
  }

  @AfterEach
  void clear() {
    copy.ifPresent(id -> lab.openstack("network", "delete", id));
    connector.addresses().find(token).forEach(connector.addresses()::release);
    connector.machines().find(token).forEach(connector.machines()::delete);
    await().atMost(PATIENCE).until(() -> connector.machines().find(token).isEmpty());
    beyond.forEach(name -> lab.asAdmin("network", "delete", name));
    connector.networks().list().forEach(made -> connector.networks().delete(made.handle()));
    connector.close();
  }

  private Handle made() {
    Handle network = connector.networks().create(ORDER, "az1", token);
    connector.networks().finish(network, ORDER);
    assertThat(connector.networks().read(network).map(NetworkObservation::state))
        .contains(NetworkState.STARTED);
    return network;
  }

  /** Neutron tells only by refusing the others which one the router of a port leads to. */
  @Test
  void anAddressIsLentFromTheOneExternalNetworkThatTheRouterLeadsTo() {
    for (String name : List.of("beyond-1", "beyond-2")) {
      lab.asAdmin("network", "create", "--external", name);
      beyond.add(name);
      lab.asAdmin("subnet", "create", "--network", name, "--subnet-range", "198.51.100.0/24", name);
    }
    Handle address = connector.addresses().lend(started(List.of()), token);
    assertThat(connector.addresses().read(address).orElseThrow().ip()).startsWith("203.0.113.");
    assertThat(connector.addresses().find(token)).containsExactly(address);
  }

  @Test
  void anAddressForANetworkWithoutARouterIsUnsupportedInNeutronsWords() {
    Handle machine = started(List.of(made().value()));
    assertThatThrownBy(() -> connector.addresses().lend(machine, token))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED))
        .hasMessageContaining("is not reachable from subnet");
    assertThat(connector.addresses().find(token)).isEmpty();
  }

  private Handle started(List<String> networks) {
    Spot spot = new Spot("az1", Optional.of("1"), lab.value("LAB_IMAGE_ID"), networks);
    Handle machine = connector.machines().create(Orders.plain("special", 1, 524288), spot, token);
    await()
        .atMost(PATIENCE)
        .until(() ->
            connector.machines().read(machine).map(Observation::state).orElseThrow()
                == MachineState.STARTED);
    return machine;
  }

  /** As somebody does who clones a network in a script, with all its words. */
  @Test
  void aNetworkIsNotOursBecauseItsDescriptionWasCopied() {
    Handle network = made();
    String words =
        lab.openstack("network", "show", "-f", "value", "-c", "description", network.value());
    String foreign =
        lab.openstack(
            "network", "create", "-f", "value", "-c", "id", "--description", words.strip(), "copy");
    copy = Optional.of(foreign.strip());
    lab.openstack(
        "subnet", "create", "--network", copy.get(), "--subnet-range", "10.199.0.0/24", "copy");
    assertThat(connector.networks().find(token)).containsExactly(network);
    assertThat(connector.networks().list())
        .extracting(NetworkObservation::handle)
        .containsExactly(network);
  }

  @Test
  void whatAnotherBrokerMadeInTheProjectIsNotShown() {
    Handle network = made();
    try (Connector other = open("kit-6")) {
      assertThat(other.discover().networks())
          .extracting(Inventory.Network::id)
          .doesNotContain(network.value());
      assertThat(other.networks().list()).isEmpty();
    }
  }
}
