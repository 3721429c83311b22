package io.meltemi.connector.kit;

import io.meltemi.connector.Spot;
import io.meltemi.pivot.Capability;
import java.util.List;
import java.util.stream.Stream;

/** Spots by what can be done there. */
final class Places {
  private Places() {}

  /** A spot where at least one of the abilities is not declared. */
  static Spot lacking(Bench bench, List<Capability> abilities) {
    return all(bench)
        .filter(spot -> !bench.abilities(spot).containsAll(abilities))
        .findFirst()
        .orElseThrow(() -> NotTried.power("everything is supported"));
  }

  static Spot lacking(Bench bench, Capability ability) {
    return lacking(bench, List.of(ability));
  }

  /** A spot where machines' cards can be in no network of the order's choice, made or not. */
  static Spot withoutChoice(Bench bench) {
    return all(bench)
        .filter(spot -> !bench.abilities(spot).contains(Capability.NETWORK_CHOICE))
        .filter(spot -> !bench.abilities(spot).contains(Capability.NETWORK_CREATE))
        .findFirst()
        .orElseThrow(() -> NotTried.power("everything is supported"));
  }

  /** A spot where networks can be made that have no range of addresses. */
  static Spot withNetworksThatHaveNoRange(Bench bench) {
    return all(bench)
        .filter(spot -> bench.abilities(spot).contains(Capability.NETWORK_CREATE))
        .filter(spot -> !bench.abilities(spot).contains(Capability.NETWORK_RANGE))
        .findFirst()
        .orElseThrow(() -> NotTried.power("every network has a range"));
  }

  static Stream<Spot> all(Bench bench) {
    return Stream.concat(Stream.of(bench.rig().spot()), bench.rig().otherSpots().stream());
  }
}
