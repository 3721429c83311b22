package io.meltemi.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Price;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Volumes are judged by the same rules, each with a reason of its own. */
class VolumePlacementTest {
  private static final Placement PLACEMENT = Placement.installed(List.of());
  private static final Set<Capability> ALL =
      Set.of(Capability.VOLUME_CREATE, Capability.VOLUME_ATTACH, Capability.VOLUME_SNAPSHOT);

  private static Offer offer(String account, String price, Amount free, Amount left) {
    return new Offer(
        account + "-disk",
        account,
        "scripted",
        Location.named("z1").inCountry("SE"),
        Optional.of("disk"),
        new Amount(0, 0, 0, 50_000_000, Long.MAX_VALUE),
        Optional.empty(),
        free,
        left,
        Map.of(),
        ALL,
        Optional.of(new Price(new BigDecimal(price), "EUR")),
        Offers.NOON,
        Offer.Sort.VOLUME);
  }

  private static Offer offer(String account, String price) {
    return offer(account, price, Amount.UNLIMITED, Amount.UNLIMITED);
  }

  private static VolumeOrder order(long kilobytes, Terms terms) {
    return new VolumeOrder("v", kilobytes, Optional.empty(), terms);
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

  private static Decision decide(VolumeOrder order, String policy, Offer... offers) {
    return PLACEMENT.decide(order, List.of(offers), 1, Placement.STANDARD, policy, Map.of());
  }

  private static List<String> reasons(VolumeOrder order, Offer offer) {
    return decide(order, "first-fit", offer).refusals().stream()
        .flatMap(group -> group.verdicts().stream())
        .map(Verdict.Refused::rule)
        .toList();
  }

  @Test
  void aVolumeThatFitsIsAdmittedByEveryRule() {
    assertThat(reasons(order(50_000_000, Terms.NONE), offer("a", "0.001"))).isEmpty();
  }

  @Test
  void whatIsLargerThanTheTypeAllowsIsRefusedBySizeAlone() {
    assertThat(reasons(order(50_000_001, Terms.NONE), offer("a", "0.001"))).containsExactly("size");
  }

  @Test
  void aPlaceWithoutRoomRefusesByCapacity() {
    Offer full =
        offer("a", "0.001", new Amount(0, 0, 0, 999_999, Long.MAX_VALUE), Amount.UNLIMITED);
    assertThat(reasons(order(1_000_000, Terms.NONE), full)).containsExactly("capacity");
  }

  @Test
  void aQuotaOfVolumesRefusesByQuota() {
    Offer spent = offer("a", "0.001", Amount.UNLIMITED, new Amount(9, 9, 9, Long.MAX_VALUE, 0));
    assertThat(reasons(order(1, Terms.NONE), spent)).containsExactly("quota");
  }

  @Test
  void thePriceIsThatOfTheWholeVolume() {
    assertThat(reasons(order(10_000_000, cap("0.01")), offer("a", "0.001"))).isEmpty();
    assertThat(reasons(order(10_000_001, cap("0.01")), offer("a", "0.001")))
        .containsExactly("price");
  }

  @Test
  void aSnapshotIsOnlyWhereItWasTakenAndNeedsItsRoom() {
    VolumeOrder.Source source =
        new VolumeOrder.Source(
            "volumeImages/i", "golden", "a", "z1", Optional.of("disk"), "s1", 2_000_000);
    VolumeOrder copy = new VolumeOrder("v", 2_000_000, Optional.of(source), Terms.NONE);
    assertThat(reasons(copy, offer("a", "0.001"))).isEmpty();
    assertThat(reasons(copy, offer("b", "0.001"))).containsExactly("image");
    VolumeOrder small = new VolumeOrder("v", 1_999_999, Optional.of(source), Terms.NONE);
    assertThat(reasons(small, offer("a", "0.001"))).containsExactly("image");
  }

  @Test
  void aCopyIsOfTheTypeOfItsSnapshot() {
    assertThat(reasons(copyOf(Optional.of("ssd"), Terms.NONE), offer("a", "0.001")))
        .containsExactly("image");
  }

  private static VolumeOrder copyOf(Optional<String> type, Terms terms) {
    VolumeOrder.Source source =
        new VolumeOrder.Source("volumeImages/i", "golden", "a", "z1", type, "s1", 2_000_000);
    return new VolumeOrder("v", 2_000_000, Optional.of(source), terms);
  }

  @Test
  void aTypeIsNamedByItsNameOrItsId() {
    Offer ssd = offer("a", "0.001").with(new Offer.VolumeType("ssd", true));
    for (String word : List.of("disk", "ssd")) {
      assertThat(reasons(order(1_000_000, Terms.NONE.ofVolumeTypes(Set.of("x", word))), ssd))
          .isEmpty();
    }
    assertThat(reasons(order(1_000_000, Terms.NONE.ofVolumeTypes(Set.of("x"))), ssd))
        .containsExactly("type");
  }

  @Test
  void aRefusedTypeTellsWhichThereIs() {
    Offer ssd = offer("a", "0.001").with(new Offer.VolumeType("ssd", true));
    VolumeOrder order = order(1_000_000, Terms.NONE.ofVolumeTypes(Set.of("hdd")));
    assertThat(decide(order, "first-fit", ssd).refusals().getFirst().verdicts().getFirst())
        .extracting(Verdict.Refused::wanted, Verdict.Refused::offered)
        .containsExactly("[hdd]", "ssd (disk)");
  }

  /** Its image was taken before types were known. */
  @Test
  void aCopyOfUnknownTypeCanBeOfNoTypeThatIsNamed() {
    assertThat(reasons(copyOf(Optional.empty(), Terms.NONE), offer("a", "0.001"))).isEmpty();
    Terms named = Terms.NONE.ofVolumeTypes(Set.of("disk"));
    assertThat(reasons(copyOf(Optional.empty(), named), offer("a", "0.001")))
        .containsExactly("type");
  }

  @Test
  void theCheapestIsTakenFirst() {
    Decision decision =
        decide(order(1_000_000, Terms.NONE), "cheapest", offer("a", "0.002"), offer("b", "0.001"));
    assertThat(decision.choices().getFirst().offer()).isEqualTo("b-disk");
  }
}
