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

  static Stream<Spot> all(Bench bench) {
    return Stream.concat(Stream.of(bench.rig().spot()), bench.rig().otherSpots().stream());
  }
}
