package io.meltemi.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Mapping;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Disks of an order, beside the one that a size has of its own. */
class DiskPlacementTest {
  private static final long OWN = 20_000_000;

  private final Placement placement = Placement.installed(List.of());

  @Test
  void whereSizesAreFixedADiskOfTheOrderIsNotTheOneThatTheSizeHas() {
    assertThat(reasons(order(1_000_000L), fixed(Set.of(Capability.START))))
        .singleElement()
        .satisfies(reason -> {
          assertThat(reason.rule()).isEqualTo("ability");
          assertThat(reason.wanted()).isEqualTo("[EXTRA_DISK]");
          assertThat(reason.remedy()).startsWith("do without [EXTRA_DISK]");
        });
    assertThat(reasons(order(), fixed(Set.of(Capability.START)))).isEmpty();
  }

  @Test
  void aDiskMayBeLargerThanTheOneThatTheSizeHas() {
    Offer offer = fixed(Set.of(Capability.START, Capability.EXTRA_DISK));
    MachineOrder order = order(30_000_000L, 40_000_000L);
    assertThat(reasons(order, offer)).isEmpty();
    assertThat(offer.taken(order).diskKilobytes()).isEqualTo(OWN + 70_000_000);
  }

  @Test
  void theDiskThatTheSizeHasIsNoSurplus() {
    Offer offer = fixed(Set.of(Capability.START, Capability.EXTRA_DISK));
    assertThat(Mapping.of(order(1_000_000L), offer))
        .filteredOn(mapping -> mapping.attribute().equals("disks"))
        .singleElement()
        .satisfies(disks -> {
          assertThat(disks.fidelity()).isEqualTo(Mapping.Fidelity.EXACT);
          assertThat(disks.given()).contains("1000000 kB");
        });
    assertThat(Mapping.of(order(), offer)).extracting(Mapping::attribute).doesNotContain("disks");
  }

  @Test
  void theImageMustFitOnTheDiskThatTheSizeHasWhateverTheOrderAsks() {
    Offer offer = fixed(Set.of(Capability.START, Capability.EXTRA_DISK), OWN + 1);
    assertThat(reasons(order(50_000_000L), offer))
        .extracting(Verdict.Refused::rule)
        .containsExactly("image");
  }

  @Test
  void whereSizesAreFreeTheLargestMachineBoundsItsDisks() {
    Offer offer = Offers.offer("a", "FR", "0.09");
    assertThat(reasons(order(offer.shape().diskKilobytes()), offer)).isEmpty();
    assertThat(reasons(order(offer.shape().diskKilobytes() + 1), offer))
        .extracting(Verdict.Refused::rule)
        .containsExactly("size");
  }

  private List<Verdict.Refused> reasons(MachineOrder order, Offer offer) {
    return placement
        .decide(order, List.of(offer), 1, Placement.STANDARD, "first-fit", Map.of())
        .refusals()
        .stream()
        .flatMap(refusal -> refusal.verdicts().stream())
        .toList();
  }

  private static Offer fixed(Set<Capability> abilities) {
    return fixed(abilities, 1);
  }

  private static Offer fixed(Set<Capability> abilities, long imageKilobytes) {
    Offer free = Offers.offer("a", "FR", "0.09");
    return new Offer(
        free.id(),
        free.account(),
        free.connector(),
        free.location(),
        Optional.of("small"),
        new Amount(1, 4, 8 << 20, OWN),
        free.cpuArchitecture(),
        free.free(),
        free.quotaLeft(),
        Map.of("machineImages/i1", new Offer.Image("img-1", 1, imageKilobytes)),
        abilities,
        free.price(),
        free.observed());
  }

  private static MachineOrder order(Long... disks) {
    MachineOrder plain = Offers.order(1, 1, Terms.NONE);
    return new MachineOrder(
        plain.name(),
        plain.cpu(),
        plain.memoryKibibytes(),
        List.of(disks),
        plain.cpuArchitecture(),
        plain.cpuSpeedMegahertz(),
        plain.image(),
        plain.imageName(),
        plain.userDataBase64(),
        plain.login(),
        plain.guestPorts(),
        plain.initialState(),
        plain.terms());
  }
}
