package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Token;
import io.meltemi.connector.kit.Outside;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.NetworkState;
import io.meltemi.pivot.Terms;
import java.time.Clock;
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

  private final Lab lab = new Lab();
  private final Connector connector = open("kit-5");
  private final Token token = new Token("kit-" + UUID.randomUUID());
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
