package io.meltemi.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Confidence;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Nic;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A machine runs only where it can be in all networks that its order names. */
class NetworkPlacementTest {
  private static final Placement PLACEMENT = Placement.installed(List.of());
  private static final Nic BLUE = new Nic("networks/1", "blue", "north");
  private static final Nic GREEN = new Nic("networks/2", "green", "north");

  private static Offer offer(String account, Nic... open) {
    return offer(account, Integer.MAX_VALUE, open);
  }

  private static Offer offer(String account, int mostCards, Nic... open) {
    Offer plain = Offers.offer(account, "SE", "0.01");
    return offer(plain, plain.abilities(), mostCards, open);
  }

  private static Offer offer(Offer plain, Set<Capability> abilities, int mostCards, Nic... open) {
    return new Offer(
        plain.id(),
        plain.account(),
        plain.connector(),
        plain.location(),
        plain.size(),
        plain.sizeName(),
        plain.shape(),
        plain.cpuArchitecture(),
        plain.free(),
        plain.quotaLeft(),
        plain.images(),
        abilities,
        plain.price(),
        plain.observed(),
        plain.sort(),
        Stream.of(open).collect(Collectors.toMap(Nic::network, nic -> "net-" + nic.name())),
        mostCards,
        NetworkAmount.UNLIMITED,
        plain.volumeType(),
        plain.confidence());
  }

  private static Decision decide(MachineOrder order, Offer... offers) {
    return PLACEMENT.decide(
        order, List.of(offers), 1, Placement.STANDARD, Placement.FIRST_FIT, Map.of());
  }

  private static MachineOrder order(Nic... nics) {
    return Offers.order(1, 1, Terms.NONE).in(List.of(nics));
  }

  @Test
  void onlyPlacesWithAllNetworksAreChosen() {
    Decision decision =
        decide(
            order(BLUE, GREEN), offer("a"), offer("b", BLUE), offer("c", GREEN, BLUE), offer("d"));
    assertThat(decision.choices())
        .singleElement()
        .satisfies(choice -> assertThat(choice.offer()).isEqualTo(offer("c").id()));
  }

  @Test
  void whatIsMissingIsNamedAndTheOthersCounted() {
    Decision decision = decide(order(BLUE, GREEN), offer("b", BLUE));
    assertThat(decision.choices()).isEmpty();
    assertThat(decision.refusals().getFirst().verdicts())
        .containsExactly(
            new Verdict.Refused(
                "network",
                "green of north",
                "one network can be chosen here",
                "choose networks of one place, or leave the choice to the place",
                Offers.NOON,
                Confidence.CONFIRMED));
  }

  @Test
  void withoutAWishEveryPlaceWill() {
    assertThat(decide(order(), offer("a"), offer("b", BLUE)).choices()).hasSize(2);
  }

  /** A machine is in no other network than those that its order names. */
  @Test
  void namedNetworksCountInEverySet() {
    Placement bare = Placement.installed(List.of(new RuleSet("bare", "", List.of("size"))));
    Decision decision =
        bare.decide(
            order(BLUE), List.of(offer("a"), offer("b", BLUE)), 1, "bare", "first-fit", Map.of());
    assertThat(decision.choices())
        .singleElement()
        .satisfies(choice -> assertThat(choice.offer()).isEqualTo(offer("b", BLUE).id()));
  }

  private static Offer making(String account, Capability... more) {
    Offer plain = Offers.offer(account, "SE", "0.01");
    Set<Capability> abilities = new HashSet<>(Set.of(more));
    abilities.add(Capability.NETWORK_CREATE);
    return new Offer(
        plain.id(),
        plain.account(),
        plain.connector(),
        plain.location(),
        Optional.empty(),
        plain.shape(),
        Optional.empty(),
        plain.free(),
        plain.quotaLeft(),
        Map.of(),
        abilities,
        Optional.empty(),
        plain.observed(),
        Offer.Sort.NETWORK);
  }

  /** Where networks have no range a quota of ranges is none. */
  @Test
  void aNetworkTakesOneOfTheQuotaAndItsRangeToo() {
    NetworkAmount noSubnet = new NetworkAmount(1, 0, 0, 0);
    Offer bare = making("a").with(noSubnet);
    Offer ranged = making("b", Capability.NETWORK_RANGE).with(noSubnet);
    Offer full = making("c").with(NetworkAmount.NONE);
    Decision decision = decide(Optional.empty(), bare, ranged, full);
    assertThat(decision.choices())
        .singleElement()
        .satisfies(choice -> assertThat(choice.offer()).isEqualTo(bare.id()));
    assertThat(decision.refusals())
        .flatExtracting(Decision.Refusal::verdicts)
        .extracting(Verdict.Refused::offered)
        .containsExactly(
            "0 subnets left in the account's quota", "0 networks left in the account's quota");
  }

  /** Whose order names none is put into one of the place's, if it has any. */
  @Test
  void aMachineTakesAPortForEachOfItsCards() {
    NetworkAmount onePort = new NetworkAmount(0, 0, 1, 0);
    Offer joined = offer("a", BLUE, GREEN).with(onePort);
    assertThat(decide(order(BLUE), joined).choices()).hasSize(1);
    assertThat(decide(order(BLUE).floating(MachineOrder.Floating.WISHED), joined).choices())
        .hasSize(1);
    assertThat(decide(order(BLUE, GREEN), joined).choices()).isEmpty();
    assertThat(decide(order(), joined.with(NetworkAmount.NONE)).choices()).hasSize(1);
    Set<Capability> abilities = new HashSet<>(joined.abilities());
    abilities.add(Capability.NETWORK_CHOICE);
    Offer choosing = offer(joined, abilities, Integer.MAX_VALUE);
    assertThat(decide(order(), choosing.with(NetworkAmount.NONE)).choices()).isEmpty();
    assertThat(decide(order(), choosing.with(onePort)).choices()).hasSize(1);
  }

  private static Decision decide(Optional<String> range, Offer... offers) {
    return PLACEMENT.decide(
        new NetworkOrder("inner", range, Terms.NONE),
        List.of(offers),
        1,
        Placement.STANDARD,
        Placement.FIRST_FIT,
        Map.of());
  }

  @Test
  void aSecondCardIsRefusedWhereMachinesHaveOne() {
    Offer single = offer("a", 1, BLUE);
    assertThat(decide(order(BLUE), single).choices()).hasSize(1);
    assertThat(decide(order(BLUE, BLUE), offer("b", BLUE)).choices()).hasSize(1);
    assertThat(decide(order(BLUE, BLUE), single).refusals().getFirst().verdicts())
        .containsExactly(
            new Verdict.Refused(
                "network",
                "2 cards",
                "a machine has at most 1 here",
                "name no more networks than 1, or choose another place",
                single.observed(),
                Confidence.CONFIRMED));
  }

  @Test
  void aRangeIsOrderedOnlyWhereNetworksHaveOne() {
    Offer bare = making("a");
    Offer ranged = making("b", Capability.NETWORK_RANGE);
    Decision decision = decide(Optional.of("10.1.2.0/24"), bare, ranged);
    assertThat(decision.choices())
        .singleElement()
        .satisfies(choice -> assertThat(choice.offer()).isEqualTo(ranged.id()));
    assertThat(decision.refusals().getFirst().verdicts())
        .singleElement()
        .satisfies(verdict ->
            assertThat(((Verdict.Refused) verdict).remedy())
                .isEqualTo("do without [NETWORK_RANGE], or choose a place that offers it"));
    assertThat(decide(Optional.empty(), bare, ranged).choices()).hasSize(2);
  }
}
