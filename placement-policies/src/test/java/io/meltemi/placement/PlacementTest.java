package io.meltemi.placement;

import static io.meltemi.placement.Offers.NOON;
import static io.meltemi.placement.Offers.offer;
import static io.meltemi.placement.Offers.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Confidence;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementTest {
  private final Placement placement = Placement.installed(List.of());
  private final List<Offer> three =
      List.of(offer("a", "FR", "0.09"), offer("b", "DE", ""), offer("c", "NO", "0.02"));

  @Test
  void theFirstOfTheCatalogueIsTakenWhenAllAreEquallyGood() {
    assertThat(choices("first-fit", Map.of()))
        .containsExactly("a/z1/free", "b/z1/free", "c/z1/free");
  }

  @Test
  void theCheapestComesFirstAndAnUnknownPriceLast() {
    assertThat(choices("cheapest", Map.of()))
        .containsExactly("c/z1/free", "a/z1/free", "b/z1/free");
  }

  @Test
  void spreadTakesThePlaceWithTheFewestMachines() {
    assertThat(choices("spread", Map.of("a/z1", 2, "b/z1", 1)))
        .containsExactly("c/z1/free", "b/z1/free", "a/z1/free");
  }

  @Test
  void everyFailingRuleIsToldAndNotOnlyTheFirst() {
    Terms norway = terms(Set.of(), Set.of("NO"), Set.of());

    Decision decision = decide(order(512, 1, norway), List.of(offer("a", "FR", "0.09")));

    assertThat(decision.choices()).isEmpty();
    assertThat(decision.refusals().getFirst().verdicts())
        .extracting(Verdict.Refused::rule)
        .containsExactly("size", "country", "capacity");
  }

  @Test
  void offersRefusedForEqualReasonsShareOneGroup() {
    List<Offer> many = IntStream.range(0, 1000).mapToObj(i -> offer("a" + i, "FR", "0.1")).toList();

    Decision decision = decide(order(512, 1, Terms.NONE), many);

    assertThat(decision.refusals()).hasSize(1);
    assertThat(decision.refusals().getFirst().offers().cardinality()).isEqualTo(1000);
  }

  @Test
  void factsMayBeAsOldAsWasSaid() {
    Terms asOld = fresh(NOON.plusSeconds(60));
    Terms younger = fresh(NOON.minusSeconds(5));

    assertThat(decide(order(1, 1, asOld), three).choices()).hasSize(3);
    assertThat(decide(order(1, 1, younger), three).choices()).hasSize(3);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("soleReasons")
  void eachRuleCanBeTheSoleReason(String rule, MachineOrder order, Offer offer) {
    assertThat(decide(order, List.of(offer)).refusals())
        .singleElement()
        .satisfies(refusal ->
            assertThat(refusal.verdicts())
                .singleElement()
                .satisfies(verdict -> {
                  assertThat(verdict.rule()).isEqualTo(rule);
                  assertThat(verdict.wanted()).isNotBlank();
                  assertThat(verdict.offered()).isNotBlank();
                  assertThat(verdict.remedy()).isNotBlank();
                  assertThat(verdict.factTime()).isEqualTo(Offers.NOON);
                }));
  }

  /** An order that was placed may itself have taken the room. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("soleReasons")
  void anOfferIsJudgedAgainByEveryRuleButThoseOfRoom(String rule, MachineOrder order, Offer offer) {
    boolean ofRoom = Set.of("capacity", "quota").contains(rule);

    assertThat(placement.withdrawn(order, offer))
        .extracting(Verdict.Refused::rule)
        .isEqualTo(ofRoom ? List.of() : List.of(rule));
  }

  static Stream<Arguments> soleReasons() {
    Offer good = offer("a", "FR", "0.09");
    MachineOrder plain = order(1, 1, Terms.NONE);
    return Stream.of(
        Arguments.of("size", order(5, 1, Terms.NONE), good),
        Arguments.of("image", withImage(plain, "machineImages/other"), good),
        Arguments.of("image", withMemory(plain, 1024), good),
        Arguments.of("architecture", withArchitecture(plain, "ARM"), good),
        Arguments.of(
            "ability", withTerms(plain, terms(Set.of(), Set.of(), Set.of(Capability.PAUSE))), good),
        Arguments.of("account", withTerms(plain, terms(Set.of("b"), Set.of(), Set.of())), good),
        Arguments.of("country", withTerms(plain, terms(Set.of(), Set.of("NO"), Set.of())), good),
        Arguments.of("location", withTerms(plain, at("z9")), good),
        Arguments.of("freshness", withTerms(plain, fresh(NOON.plusSeconds(61))), good),
        Arguments.of("price", withTerms(plain, cap("0.05")), good),
        Arguments.of("price", withTerms(plain, cap("0.05")), offer("a", "FR", "")),
        Arguments.of("capacity", plain, full(good)),
        Arguments.of("quota", plain, spent(good)),
        Arguments.of("quota", plain.floating(true), lending(0)));
  }

  @Test
  void aVerdictTellsHowFarItsFactCanBeReliedOn() {
    Offer reckoned = full(three.get(0)).with(Confidence.ESTIMATED);
    Offer remembered = full(three.get(0)).with(Confidence.REMEMBERED);
    MachineOrder elsewhere = order(1, 1, terms(Set.of(), Set.of("NO"), Set.of()));

    assertThat(decide(elsewhere, List.of(reckoned)).refusals().getFirst().verdicts())
        .extracting(Verdict.Refused::rule, Verdict.Refused::confidence)
        .containsExactly(
            tuple("country", Confidence.CONFIRMED), tuple("capacity", Confidence.ESTIMATED));
    assertThat(decide(elsewhere, List.of(remembered)).refusals().getFirst().verdicts())
        .extracting(Verdict.Refused::confidence)
        .containsOnly(Confidence.REMEMBERED);
  }

  @Test
  void theSameInputGivesTheSameDecision() {
    Random random = new Random(7);
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      offers.add(offer("a" + i, random.nextBoolean() ? "FR" : "DE", "0." + random.nextInt(1, 100)));
    }
    MachineOrder order = order(2, 2, terms(Set.of(), Set.of("FR"), Set.of()));

    assertThat(decide(order, offers)).isEqualTo(decide(order, offers));
  }

  @Test
  void aSetOfRulesLeavesOutWhatItDoesNotName() {
    Placement trusting =
        Placement.installed(List.of(new RuleSet("trusting", "No capacity.", List.of("size"))));

    assertThat(
            trusting
                .decide(
                    order(1, 1, Terms.NONE),
                    List.of(full(three.get(0))),
                    1,
                    "trusting",
                    "first-fit",
                    Map.of())
                .choices())
        .hasSize(1);
  }

  /** A wish that an order or its tenant put into words is never passed over. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("soleReasonsOfTerms")
  void whatTermsSayCountsInEverySet(String rule, MachineOrder order, Offer offer) {
    Placement bare = Placement.installed(List.of(new RuleSet("bare", "", List.of("size"))));

    assertThat(
            bare.decide(order, List.of(offer), 1, "bare", "first-fit", Map.of())
                .refusals()
                .getFirst()
                .verdicts())
        .extracting(Verdict.Refused::rule)
        .containsExactly(rule);
  }

  static Stream<Arguments> soleReasonsOfTerms() {
    return soleReasons()
        .filter(each ->
            each.get()[1] instanceof MachineOrder order && !order.terms().equals(Terms.NONE));
  }

  @Test
  void anUnknownRuleInASetIsRefusedAtOnce() {
    List<RuleSet> wrong = List.of(new RuleSet("w", "", List.of("memroy")));

    assertThatThrownBy(() -> Placement.installed(wrong)).hasMessageContaining("memroy");
  }

  private Decision decide(MachineOrder order, List<Offer> offers) {
    return placement.decide(order, offers, 1, "standard", "first-fit", Map.of());
  }

  private List<String> choices(String policy, Map<String, Integer> running) {
    return placement
        .decide(order(1, 1, Terms.NONE), three, 1, "standard", policy, running)
        .choices()
        .stream()
        .map(Decision.Choice::offer)
        .toList();
  }

  private static Terms terms(Set<String> accounts, Set<String> countries, Set<Capability> needs) {
    return new Terms(
        Optional.empty(),
        Optional.empty(),
        accounts,
        countries,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        needs);
  }

  private static Terms at(String location) {
    return new Terms(
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Set.of(),
        Set.of(location),
        Optional.empty(),
        Optional.empty(),
        Set.of());
  }

  /** Facts of at most a minute. */
  private static Terms fresh(Instant now) {
    return new Terms(
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.of(new Terms.Freshness(Duration.ofMinutes(1), now)),
        Set.of(),
        Set.of());
  }

  private static Terms cap(String perHour) {
    return new Terms(
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Set.of(),
        Set.of(),
        Optional.of(new BigDecimal(perHour)),
        Optional.of("EUR"),
        Set.of());
  }

  private static MachineOrder withTerms(MachineOrder o, Terms terms) {
    return new MachineOrder(
        o.name(),
        o.cpu(),
        o.memoryKibibytes(),
        o.disksKilobytes(),
        o.cpuArchitecture(),
        o.cpuSpeedMegahertz(),
        o.image(),
        o.imageName(),
        o.userDataBase64(),
        o.login(),
        o.guestPorts(),
        MachineState.STARTED,
        terms);
  }

  private static MachineOrder withImage(MachineOrder o, String image) {
    return new MachineOrder(
        o.name(),
        o.cpu(),
        o.memoryKibibytes(),
        o.disksKilobytes(),
        o.cpuArchitecture(),
        o.cpuSpeedMegahertz(),
        image,
        o.imageName(),
        o.userDataBase64(),
        o.login(),
        o.guestPorts(),
        MachineState.STARTED,
        o.terms());
  }

  private static MachineOrder withArchitecture(MachineOrder o, String architecture) {
    return new MachineOrder(
        o.name(),
        o.cpu(),
        o.memoryKibibytes(),
        o.disksKilobytes(),
        Optional.of(architecture),
        o.cpuSpeedMegahertz(),
        o.image(),
        o.imageName(),
        o.userDataBase64(),
        o.login(),
        o.guestPorts(),
        MachineState.STARTED,
        o.terms());
  }

  private static MachineOrder withMemory(MachineOrder o, long kibibytes) {
    return new MachineOrder(
        o.name(),
        o.cpu(),
        kibibytes,
        o.disksKilobytes(),
        o.cpuArchitecture(),
        o.cpuSpeedMegahertz(),
        o.image(),
        o.imageName(),
        o.userDataBase64(),
        o.login(),
        o.guestPorts(),
        o.initialState(),
        o.terms());
  }

  @Test
  void anOrderWithoutAFloatingAddressNeedsNoneLeft() {
    assertThat(decide(order(1, 1, Terms.NONE), List.of(lending(0))).choices()).hasSize(1);
    assertThat(decide(order(1, 1, Terms.NONE).floating(true), List.of(lending(1))).choices())
        .hasSize(1);
  }

  @Test
  void aPlaceThatGivesWhatIsOnlyWishedForIsPreferredWhateverThePolicy() {
    Offer bare = offer("a", "FR", "0.01");
    Offer dear = lending("b", "0.09", 1);
    List<Offer> offers = List.of(bare, dear, lending("c", "0.08", 1));
    MachineOrder wishing = order(1, 1, Terms.NONE).floating(MachineOrder.Floating.WISHED);
    Decision decision = placement.decide(wishing, offers, 1, "standard", "cheapest", Map.of());
    assertThat(decision.choices())
        .extracting(Decision.Choice::offer, Decision.Choice::lacking)
        .containsExactly(
            tuple("c/z1/free", List.of()),
            tuple("b/z1/free", List.of()),
            tuple("a/z1/free", List.of("floatingAddress")));
    Decision plain =
        placement.decide(order(1, 1, Terms.NONE), offers, 1, "standard", "cheapest", Map.of());
    assertThat(plain.choices().getFirst()).isEqualTo(new Decision.Choice("a/z1/free", 1 / 1.01));
  }

  private static Offer lending(long left) {
    return lending("a", "0.09", left);
  }

  private static Offer lending(String account, String price, long left) {
    Offer o = offer(account, "FR", price);
    Set<Capability> abilities = new HashSet<>(o.abilities());
    abilities.add(Capability.FLOATING_ADDRESS);
    return like(o, o.free(), o.quotaLeft(), abilities, lent(left));
  }

  private static NetworkAmount lent(long left) {
    return new NetworkAmount(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, left);
  }

  private static Offer full(Offer o) {
    return like(o, Amount.NONE, o.quotaLeft(), o.abilities(), o.networkLeft());
  }

  private static Offer spent(Offer o) {
    return like(o, o.free(), Amount.NONE, o.abilities(), o.networkLeft());
  }

  private static Offer like(
      Offer o,
      Amount free,
      Amount quotaLeft,
      Set<Capability> abilities,
      NetworkAmount networkLeft) {
    return new Offer(
        o.id(),
        o.account(),
        o.connector(),
        o.location(),
        o.size(),
        o.sizeName(),
        o.shape(),
        o.cpuArchitecture(),
        free,
        quotaLeft,
        o.images(),
        abilities,
        o.price(),
        o.observed(),
        o.sort(),
        o.networks(),
        o.mostCards(),
        networkLeft,
        o.volumeType(),
        o.confidence());
  }
}
