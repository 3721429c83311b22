package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.NetworkState;
import io.meltemi.pivot.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * VLANs of networks, beside those of others. Needs the vCenter of dev/vsphere, like the contract.
 */
class VSphereNetworksIT {
  private static final Lab LAB = new Lab();
  private static final String OTHERS = "net-private";

  private final Connector connector = open("2010-2013", "nets");
  private final List<Runnable> undo = new ArrayList<>(List.of(connector::close));

  private static Connector open(String vlans, String account) {
    return LAB.open(Map.of("vlans", vlans), account);
  }

  @AfterEach
  void clear() {
    LAB.faults("clear");
    LAB.faults("deny");
    LAB.vc("vlan", OTHERS, "0");
    undo.reversed().forEach(Runnable::run);
  }

  private static NetworkOrder order(String name) {
    return new NetworkOrder(name, Optional.empty(), Terms.NONE);
  }

  private Handle create(String name) {
    return create(connector, name);
  }

  private Handle create(Connector by, String name) {
    Handle network = by.networks().create(order(name), "DC0_C0", token());
    undo.add(() -> by.networks().delete(network));
    return network;
  }

  private static Token token() {
    return new Token("net-" + UUID.randomUUID());
  }

  private NetworkObservation read(Handle network) {
    return connector.networks().read(network).orElseThrow();
  }

  /** As the vCenter tells another client. */
  private static List<String> vlans(String name) {
    return LAB.vc("groups")
        .lines()
        .map(line -> line.split("\t"))
        .filter(group -> group[0].startsWith(name + " "))
        .map(group -> group[1])
        .toList();
  }

  private static ConnectorException refused(Runnable call) {
    return catchThrowableOfType(ConnectorException.class, call::run);
  }

  @Test
  void eachNetworkGetsTheLowestVlanThatNoPortGroupCarries() {
    create("first");
    LAB.vc("vlan", OTHERS, "2011");
    create("second");
    assertThat(vlans("first")).containsExactly("2010");
    assertThat(vlans("second")).containsExactly("2012");
  }

  @Test
  void aVlanIsGivenAgainWhenItsNetworkIsGone() {
    Handle first = create("first");
    connector.networks().delete(first);
    create("second");
    assertThat(vlans("first")).isEmpty();
    assertThat(vlans("second")).containsExactly("2010");
  }

  @Test
  void whereNoVlanIsLeftItIsToldAsCapacityAndNothingIsMade() {
    Connector narrow = open("2020", "nets");
    undo.add(1, narrow::close);
    create(narrow, "only");
    Token token = token();
    ConnectorException full =
        refused(() -> narrow.networks().create(order("never"), "DC0_C0", token));
    assertThat(full.fault()).isEqualTo(Fault.CAPACITY);
    assertThat(full.reason()).isEqualTo("no VLAN of 2020 is left on the switch DVS0");
    assertThat(narrow.networks().find(token)).isEmpty();
  }

  @Test
  void aSecondCreationUnderTheSameTokenIsRefusedByTheVCenterAndTheFirstIsFound() {
    Token token = token();
    Handle first = connector.networks().create(order("twin"), "DC0_C0", token);
    undo.add(() -> connector.networks().delete(first));
    assertThat(refused(() -> connector.networks().create(order("twin"), "DC0_C0", token)).fault())
        .isEqualTo(Fault.UNKNOWN);
    assertThat(connector.networks().find(token)).containsExactly(first);
    assertThat(vlans("twin")).hasSize(1);
  }

  /** As if another broker, which looked at the same moment, had taken it first. */
  @Test
  void aNetworkWhoseVlanAnOlderPortGroupHasTooIsNotFinishedAndGetsAnother() {
    Handle network = create("late");
    assertThat(read(network).state()).isEqualTo(NetworkState.STARTED);
    LAB.vc("vlan", OTHERS, "2010");
    NetworkObservation seen = read(network);
    assertThat(seen.state()).isEqualTo(NetworkState.CREATING);
    assertThat(seen.reason()).contains("its VLAN 2010 is also that of net-private");
    assertThat(seen.settled().state()).isEqualTo(NetworkState.ERROR);
    assertThat(connector.networks().list()).anyMatch(each -> each.state() == seen.state());
    connector.networks().finish(network, order("late"));
    assertThat(read(network).state()).isEqualTo(NetworkState.STARTED);
    assertThat(read(network).name()).isEqualTo("late");
    assertThat(vlans("late")).containsExactly("2013");
    assertThat(LAB.vc("groups").lines()).contains(OTHERS + "\t2010");
  }

  @Test
  void brokersThatMakeNetworksAtTheSameMomentEndWithAVlanForEach() throws Exception {
    Connector other = open("2010-2013", "other-nets");
    undo.add(1, other::close);
    LAB.faults("task-delay", "300");
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Handle>> made = new ArrayList<>();
      for (Connector by : List.of(connector, other, connector, other)) {
        Callable<Handle> one = () -> by.networks().create(order("crowd"), "DC0_C0", token());
        made.add(crowd.submit(one));
      }
      for (int i = 0; i < made.size(); i++) {
        Connector by = i % 2 == 0 ? connector : other;
        Handle network = made.get(i).get();
        undo.add(() -> by.networks().delete(network));
      }
    }
    LAB.faults("task-delay", "100");
    for (Connector by : List.of(connector, other)) {
      Consumer<NetworkObservation> finish =
          seen -> by.networks().finish(seen.handle(), order("crowd"));
      by.networks().list().forEach(finish);
    }
    assertThat(vlans("crowd")).containsExactlyInAnyOrder("2010", "2011", "2012", "2013");
    assertThat(connector.networks().list())
        .hasSize(2)
        .allMatch(seen -> seen.state() == NetworkState.STARTED);
  }

  @Test
  void withoutSwitchAndVlansOrAllOfItsPrivilegesNoneAreMade() {
    assertThat(abilities(connector))
        .contains(Capability.NETWORK_CREATE)
        .doesNotContain(Capability.NETWORK_RANGE);
    try (Connector plain = LAB.open(Map.of("switch", " ", "vlans", " "), "nets")) {
      assertThat(abilities(plain)).doesNotContain(Capability.NETWORK_CREATE);
      assertThat(refused(() -> plain.networks().create(order("never"), "DC0_C0", token())).fault())
          .isEqualTo(Fault.UNSUPPORTED);
    }
    try (Connector lost = LAB.open(Map.of("switch", "no/such"), "nets")) {
      assertThat(abilities(lost)).doesNotContain(Capability.NETWORK_CREATE);
      assertThat(refused(() -> lost.networks().create(order("never"), "DC0_C0", token())).reason())
          .contains("no/such");
    }
    LAB.faults("deny", "DVPortgroup.Create");
    assertThat(abilities(connector)).doesNotContain(Capability.NETWORK_CREATE);
    assertThat(refused(() -> create("forbidden")).fault()).isEqualTo(Fault.UNSUPPORTED);
  }

  private static Set<Capability> abilities(Connector of) {
    return of.discover().places().getFirst().abilities();
  }

  @Test
  void whatIsMadeIsThereForAnAccountThatMakesNoneAnyMoreAndOthersAreShownNothing() {
    Handle network = create("kept");
    try (Connector plain = LAB.open(Map.of("switch", " ", "vlans", " "), "nets");
        Connector other = LAB.open(Map.of(), "other-nets")) {
      assertThat(plain.networks().read(network).orElseThrow().state())
          .isEqualTo(NetworkState.STARTED);
      assertThat(other.networks().read(network)).isEmpty();
      other.networks().delete(network);
      assertThat(other.discover().networks().stream().map(Inventory.Network::name))
          .noneMatch(name -> name.startsWith("kept"));
      plain.networks().delete(network);
      assertThat(connector.networks().read(network)).isEmpty();
    }
  }
}
