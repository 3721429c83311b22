package io.meltemi.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Mount;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A machine that gets volumes runs only where all of them are or can be. */
class MountPlacementTest {
  private static final Placement PLACEMENT = Placement.installed(List.of());
  private static final Amount PLENTY = Amount.UNLIMITED;

  private static Offer machines(String account) {
    Offer plain = Offers.offer(account, "SE", "0.01");
    Set<Capability> abilities = new HashSet<>(plain.abilities());
    abilities.addAll(Set.of(Capability.VOLUME_CREATE, Capability.VOLUME_ATTACH));
    return new Offer(
        plain.id(),
        plain.account(),
        plain.connector(),
        plain.location(),
        plain.size(),
        plain.shape(),
        plain.cpuArchitecture(),
        plain.free(),
        plain.quotaLeft(),
        plain.images(),
        abilities,
        plain.price(),
        plain.observed());
  }

  private static Offer volumes(String account, String type, long most, Amount free, Amount left) {
    Offer machine = machines(account);
    return new Offer(
        account + "/" + type,
        account,
        machine.connector(),
        machine.location(),
        Optional.of(type),
        new Amount(0, 0, 0, most, Long.MAX_VALUE),
        Optional.empty(),
        free,
        left,
        Map.of(),
        machine.abilities(),
        Optional.empty(),
        Offers.NOON,
        Offer.Sort.VOLUME);
  }

  private static MachineOrder order(Mount... mounts) {
    return Offers.order(1, 1, Terms.NONE).mounting(List.of(mounts));
  }

  private static Mount fresh(long kilobytes) {
    VolumeOrder volume = new VolumeOrder("v", kilobytes, Optional.empty(), Terms.NONE);
    return new Mount.Fresh(volume, Optional.empty());
  }

  private static Mount existing(String account, String location) {
    return new Mount.Existing("volumes/v1", "data", account, location, Optional.empty());
  }

  private static Decision decide(MachineOrder order, Offer... offers) {
    return PLACEMENT.decide(
        order, List.of(offers), 1, Placement.STANDARD, Placement.FIRST_FIT, Map.of());
  }

  private static List<Verdict.Refused> reasons(Decision decision) {
    List<Verdict.Refused> all = new ArrayList<>();
    decision.refusals().forEach(group -> all.addAll(group.verdicts()));
    return all;
  }

  @Test
  void aMachineGoesWhereItsVolumeIs() {
    Decision decision = decide(order(existing("b", "z1")), machines("a"), machines("b"));
    assertThat(decision.choices()).extracting(Decision.Choice::offer).containsExactly("b/z1/free");
    assertThat(reasons(decision)).extracting(Verdict.Refused::rule).containsExactly("volumes");
    assertThat(reasons(decision).getFirst().wanted()).isEqualTo("data at b, z1");
  }

  @Test
  void thePlaceMustBeAbleToAttach() {
    Decision decision = decide(order(existing("a", "z1")), Offers.offer("a", "SE", "0.01"));
    assertThat(reasons(decision)).extracting(Verdict.Refused::rule).containsExactly("ability");
  }

  @Test
  void newVolumesGoBesideTheMachineAndTheChoiceSaysWhere() {
    Decision decision =
        decide(
            order(fresh(30_000_000), fresh(1_000_000)),
            machines("a"),
            machines("b"),
            volumes("b", "small", 10_000_000, PLENTY, PLENTY),
            volumes("b", "large", 50_000_000, PLENTY, PLENTY));
    assertThat(decision.offers()).containsExactly("a/z1/free", "b/z1/free");
    assertThat(decision.choices())
        .containsExactly(new Decision.Choice("b/z1/free", 1, List.of("b/large", "b/small")));
    assertThat(reasons(decision).getFirst().offered()).isEqualTo("no volumes can be made here");
  }

  @Test
  void eachNewVolumeLeavesLessForTheNext() {
    Offer quota = volumes("a", "disk", 50_000_000, PLENTY, new Amount(0, 0, 0, 50_000_000, 1));
    assertThat(decide(order(fresh(1_000_000)), machines("a"), quota).choices()).hasSize(1);
    Decision two = decide(order(fresh(1_000_000), fresh(1_000_000)), machines("a"), quota);
    assertThat(reasons(two).getFirst().offered()).startsWith("quota: ");
    Offer room = volumes("a", "disk", 50_000_000, new Amount(0, 0, 0, 5_000_000, 9), PLENTY);
    assertThat(decide(order(fresh(5_000_000)), machines("a"), room).choices()).hasSize(1);
    Decision full = decide(order(fresh(3_000_000), fresh(3_000_000)), machines("a"), room);
    assertThat(reasons(full).getFirst().offered()).startsWith("capacity: ");
  }

  /** One takes of the other's room only where both take of their place's. */
  @Test
  void typesWithRoomOfTheirOwnDoNotTakeFromEachOther() {
    Amount room = new Amount(0, 0, 0, 5_000_000, 9);
    Offer one = volumes("a", "one", 50_000_000, room, PLENTY);
    Offer two = volumes("a", "two", 50_000_000, room, PLENTY);
    MachineOrder order = order(fresh(4_000_000), fresh(4_000_000));
    assertThat(decide(order, machines("a"), one, two).choices()).isEmpty();
    assertThat(decide(order, machines("a"), apart(one), apart(two)).choices())
        .extracting(Decision.Choice::volumes)
        .containsExactly(List.of("a/one", "a/two"));
  }

  private static Offer apart(Offer offer) {
    return offer.with(new Offer.VolumeType(offer.size().orElseThrow(), true));
  }

  @Test
  void aNewVolumeIsJudgedByItsOwnTerms() {
    Terms elsewhere =
        new Terms(
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of("GR"),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Set.of());
    Mount mount =
        new Mount.Fresh(
            new VolumeOrder("v", 1_000_000, Optional.empty(), elsewhere), Optional.empty());
    Decision decision =
        decide(order(mount), machines("a"), volumes("a", "disk", 50_000_000, PLENTY, PLENTY));
    assertThat(reasons(decision).getFirst().offered()).startsWith("country: ");
  }

  @Test
  void aMachineWithoutVolumesIsNotAskedForAny() {
    assertThat(decide(order(), machines("a")).choices())
        .containsExactly(new Decision.Choice("a/z1/free", 1));
  }
}
