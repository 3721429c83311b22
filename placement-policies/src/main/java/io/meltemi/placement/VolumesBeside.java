package io.meltemi.placement;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Verdict;
import io.meltemi.pivot.VolumeOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds places for the volumes that are made with a machine: beside it, at the same account and
 * location. Each is judged and ranked like any order of a volume, on what the machine and the
 * volumes before it leave.
 */
final class VolumesBeside {
  private static final String RULE = "volumes";

  private final MachineOrder order;
  private final Judge judge;
  private final Map<String, List<Offer>> byPlace;

  /** Judges and ranks one order of a volume. */
  interface Judge {
    /** The reasons against an offer. */
    List<Verdict.Refused> refusals(VolumeOrder order, Offer offer);

    /** The best of some offers. */
    Offer best(VolumeOrder order, List<Offer> admitted);
  }

  /** What was found for all new volumes. */
  sealed interface Found {
    /**
     * @param offers ids, in the order of the volumes
     */
    record Places(List<String> offers) implements Found {}

    /** One of them finds no place. */
    record None(Verdict.Refused why) implements Found {}
  }

  VolumesBeside(MachineOrder order, List<Offer> offers, Judge judge) {
    this.order = order;
    this.judge = judge;
    this.byPlace =
        offers.stream()
            .filter(offer -> offer.sort() == Offer.Sort.VOLUME)
            .collect(Collectors.groupingBy(Ranker.Landscape::key));
  }

  Found of(Offer machine) {
    List<Offer> there = byPlace.getOrDefault(Ranker.Landscape.key(machine), List.of());
    Amount disks = new Amount(0, 0, 0, machine.taken(order).diskKilobytes());
    List<Taking> taken = new ArrayList<>();
    for (VolumeOrder volume : order.newVolumes()) {
      List<Offer> left = new ArrayList<>();
      for (Offer offer : there) {
        left.add(offer.less(disks.plus(ofRoom(taken, offer)), inAll(taken)));
      }
      List<Offer> admitted =
          left.stream().filter(offer -> judge.refusals(volume, offer).isEmpty()).toList();
      if (admitted.isEmpty()) return new Found.None(why(volume, left, machine));
      taken.add(new Taking(judge.best(volume, admitted).id(), volume.amount()));
    }
    return new Found.Places(taken.stream().map(Taking::offer).toList());
  }

  /** What a volume takes, and at which offer. */
  private record Taking(String offer, Amount amount) {}

  private static Amount inAll(List<Taking> taken) {
    return taken.stream().map(Taking::amount).reduce(Amount.NONE, Amount::plus);
  }

  /** What was taken of the room that an offer has: all, but where its type has room of its own. */
  private static Amount ofRoom(List<Taking> taken, Offer offer) {
    boolean apart = offer.volumeType().filter(Offer.VolumeType::apart).isPresent();
    return inAll(taken.stream().filter(each -> !apart || each.offer().equals(offer.id())).toList());
  }

  /** Told by the offer with the fewest reasons: it is nearest. */
  private Verdict.Refused why(VolumeOrder volume, List<Offer> there, Offer machine) {
    String wanted = "a new volume of " + volume.capacityKilobytes() + " kB";
    return there.stream()
        .map(offer -> judge.refusals(volume, offer))
        .min(Comparator.comparingInt(List::size))
        .map(reasons ->
            new Verdict.Refused(
                RULE,
                wanted,
                reasons.stream()
                    .map(each -> each.rule() + ": " + each.offered())
                    .collect(Collectors.joining("; ")),
                reasons.getFirst().remedy(),
                machine.observed(),
                machine.confidence()))
        .orElseGet(() ->
            new Verdict.Refused(
                RULE,
                wanted,
                "no volumes can be made here",
                "leave the volume out, or choose a place that makes volumes",
                machine.observed(),
                machine.confidence()));
  }
}
