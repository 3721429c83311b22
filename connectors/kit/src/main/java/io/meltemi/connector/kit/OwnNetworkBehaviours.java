package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meltemi.connector.AddressRange;
import io.meltemi.connector.Connector;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.NetworkState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Networks of one's own: made, joined and gone. */
interface OwnNetworkBehaviours extends Behaviours {
  private NetworkBench networks() {
    return bench().networks().needed();
  }

  @Test
  default void aCreatedNetworkBearsItsTokenAndIsFound() {
    NetworkBench networks = networks();
    Token token = bench().token();
    Handle network = networks.create(NetworkBench.order("bears"), token);
    assertThat(networks.read(network).token()).contains(token);
    assertThat(networks.all().find(token)).containsExactly(network);
  }

  @Test
  default void oneNetworkCreationMakesOneNetwork() {
    NetworkBench networks = networks();
    int before = networks.all().list().size();
    Token token = bench().token();
    networks.started(NetworkBench.order("single"), token);
    assertThat(networks.all().find(token)).hasSize(1);
    assertThat(networks.all().list()).hasSize(before + 1);
  }

  @Test
  default void aNewNetworkIsStartedWithTheRangeThatWasOrdered() {
    NetworkBench networks = bench().networks().withRanges();
    NetworkOrder order = NetworkBench.order("ranged", "10.201.4.0/22");
    assertThat(networks.read(networks.started(order, bench().token())).subnets())
        .containsExactly("10.201.4.0/22");
  }

  @Test
  default void aNetworkWithoutARangeGetsOneThatOverlapsNoOther() {
    NetworkBench networks = bench().networks().withRanges();
    Handle first = networks.started("first");
    Handle second = networks.started("second");
    List<AddressRange> others =
        Stream.concat(
                bench().connector().discover().networks().stream()
                    .flatMap(network -> network.subnets().stream()),
                networks.read(first).subnets().stream())
            .flatMap(words -> AddressRange.parse(words).stream())
            .toList();
    List<String> own = networks.read(second).subnets();
    assertThat(own).hasSize(1);
    AddressRange range = AddressRange.parse(own.getFirst()).orElseThrow();
    assertThat(others).isNotEmpty().noneMatch(range::overlaps);
  }

  @Test
  default void theNameOfANetworkReachesTheProvider() {
    NetworkBench networks = networks();
    Handle network = networks.create(NetworkBench.order("named-by-the-order"), bench().token());
    assertThat(networks.read(network).name()).isEqualTo("named-by-the-order");
  }

  @Test
  default void finishingWhatIsFinishedOrUnknownChangesNothing() {
    NetworkBench networks = networks();
    NetworkOrder order = NetworkBench.order("finished");
    Handle network = networks.started(order, bench().token());
    NetworkObservation before = networks.read(network);
    networks.all().finish(network, order);
    Handle unknown = ReadingBehaviours.Handles.unknownLike(network);
    assertThatCode(() -> networks.all().finish(unknown, order)).doesNotThrowAnyException();
    assertThat(networks.read(network))
        .usingRecursiveComparison()
        .ignoringFields("observed")
        .isEqualTo(before);
  }

  @Test
  default void aNetworkThatWasMadeIsToldByItselfAndNotByDiscovery() {
    NetworkBench networks = networks();
    Handle network = networks.started("own");
    Inventory inventory = bench().connector().discover();
    assertThat(inventory.networks().stream().map(Inventory.Network::id))
        .doesNotContain(network.value());
  }

  @Test
  default void aMachineIsInANetworkThatWasMadeAndKeepsIt() {
    NetworkBench networks = networks();
    var seen = bench().power(bench().rig().networksSeen(), "see networks");
    Handle network = networks.started("joined");
    List<String> ranges = networks.read(network).subnets();
    Spot spot = bench().rig().spot();
    Spot named = new Spot(spot.location(), spot.size(), spot.image(), List.of(network.value()));
    Handle machine =
        bench()
            .started(
                bench().machines().create(bench().rig().order("joins"), named, bench().token()));
    assertThat(seen.apply(machine)).containsExactly(network.value());
    assertThat(Bench.fault(() -> networks.all().delete(network))).isEqualTo(Fault.BAD_REQUEST);
    assertThat(networks.read(network).state()).isEqualTo(NetworkState.STARTED);
    assertThat(networks.read(network).subnets()).isEqualTo(ranges);
  }

  @Test
  default void aNetworkThatWasMadeDrawsNoMachineThatDoesNotNameIt() {
    NetworkBench networks = networks();
    var seen = bench().power(bench().rig().networksSeen(), "see networks");
    Handle network = networks.started("aside");
    Handle machine = bench().started("elsewhere");
    assertThat(seen.apply(machine)).doesNotContain(network.value());
  }

  @Test
  default void findTakesTheWholeTokenOfANetwork() {
    NetworkBench networks = networks();
    Token token = bench().token();
    Token second = token.attempt(1);
    Handle network = networks.create(NetworkBench.order("attempt"), second);
    try {
      networks.assertNone(token);
      assertThat(networks.all().find(second)).containsExactly(network);
    } finally {
      networks.clear(second);
    }
  }

  @Test
  default void readingAnUnknownNetworkIsEmpty() {
    NetworkBench networks = networks();
    Handle network = networks.create(NetworkBench.order("known"), bench().token());
    assertThat(networks.all().read(ReadingBehaviours.Handles.unknownLike(network))).isEmpty();
  }

  @Test
  default void theListHoldsEveryNetworkOnceAsItIsRead() {
    NetworkBench networks = networks();
    Handle first = networks.started("first");
    Handle second = networks.started("second");
    List<NetworkObservation> list = networks.all().list();
    assertThat(list.stream().map(NetworkObservation::handle))
        .doesNotHaveDuplicates()
        .contains(first, second);
    assertThat(list).allMatch(network -> network.token().isPresent());
    assertThat(list)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("observed")
        .contains(networks.read(first), networks.read(second));
  }

  @Test
  default void aDeletedNetworkIsGoneAndCanBeDeletedAgain() {
    NetworkBench networks = networks();
    Token token = bench().token();
    Handle network = networks.started(NetworkBench.order("gone"), token);
    networks.all().delete(network);
    networks.vanishes(network);
    networks.assertNone(token);
    assertThatCode(() -> networks.all().delete(network)).doesNotThrowAnyException();
  }

  @Test
  default void aNetworkThatIsNotFinishedCanBeDeleted() {
    NetworkBench networks = networks();
    Handle network = networks.create(NetworkBench.order("half"), bench().token());
    networks.all().delete(network);
    networks.vanishes(network);
  }

  @Test
  default void deletingAnUnknownNetworkSucceedsAndLeavesTheOthers() {
    NetworkBench networks = networks();
    Handle network = networks.started("stays");
    Handle unknown = ReadingBehaviours.Handles.unknownLike(network);
    assertThatCode(() -> networks.all().delete(unknown)).doesNotThrowAnyException();
    assertThat(networks.read(network).state()).isEqualTo(NetworkState.STARTED);
  }

  @Test
  default void networksOfAnotherBrokerAreNeitherListedNorFound() {
    NetworkBench networks = networks();
    try (Connector other =
        bench().power(bench().rig().otherBroker(), "open as other broker").get()) {
      Token token = bench().token();
      Handle theirs =
          other
              .networks()
              .create(NetworkBench.order("theirs"), bench().rig().spot().location(), token);
      try {
        networks.assertNone(token);
        assertThat(networks.all().list().stream().map(NetworkObservation::handle))
            .doesNotContain(theirs);
        assertThat(other.networks().find(token)).containsExactly(theirs);
      } finally {
        other.networks().delete(theirs);
        bench().comes(() -> other.networks().read(theirs).isEmpty());
      }
    }
  }

  @Test
  default void aRangeThatIsNoneIsABadRequest() {
    NetworkBench networks = networks();
    Token token = bench().token();
    NetworkOrder order = NetworkBench.order("wrong", "10.1.2.3/8");
    assertThat(Bench.fault(() -> networks.create(order, token))).isEqualTo(Fault.BAD_REQUEST);
    networks.assertNone(token);
  }

  @Test
  default void anUnknownPlaceOfANetworkIsABadRequest() {
    NetworkBench networks = networks();
    Token token = bench().token();
    assertThat(
            Bench.fault(
                () -> networks.all().create(NetworkBench.order("wrong"), "no-such-place", token)))
        .isEqualTo(Fault.BAD_REQUEST);
    networks.assertNone(token);
  }

  @Test
  default void aNetworkIsRefusedAsUnsupportedWhereNoneAreMade() {
    String place = Places.lacking(bench(), Capability.NETWORK_CREATE).location();
    Token token = bench().token();
    NetworkBench networks = bench().networks();
    assertThat(Bench.fault(() -> networks.all().create(NetworkBench.order("never"), place, token)))
        .isEqualTo(Fault.UNSUPPORTED);
    networks.assertNone(token);
  }

  @Test
  default void aRangeIsRefusedAsUnsupportedWhereNetworksHaveNone() {
    NetworkBench networks = networks();
    String place = Places.withNetworksThatHaveNoRange(bench()).location();
    Token token = bench().token();
    NetworkOrder order = NetworkBench.order("ranged", "10.202.4.0/24");
    assertThat(Bench.fault(() -> networks.all().create(order, place, token)))
        .isEqualTo(Fault.UNSUPPORTED);
    networks.assertNone(token);
  }

  @Test
  default void aNetworkWhereNoneHaveARangeIsStartedWithoutOne() {
    NetworkBench networks = networks();
    String place = Places.withNetworksThatHaveNoRange(bench()).location();
    NetworkOrder order = NetworkBench.order("plain");
    Handle network = networks.all().create(order, place, bench().token());
    assertThat(networks.read(networks.finished(network, order)).subnets()).isEmpty();
  }
}
