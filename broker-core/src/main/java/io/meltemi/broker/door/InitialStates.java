package io.meltemi.broker.door;

import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Offer;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The states in which a new machine may be left, as the places can do now. */
final class InitialStates {
  /** When the consumer names none. */
  static final MachineState DEFAULT = MachineState.STARTED;

  private InitialStates() {}

  /** What at least one place can do, the default first. */
  static List<String> possible(Collection<Offer> offers) {
    Set<Capability> abilities = EnumSet.noneOf(Capability.class);
    offers.forEach(offer -> abilities.addAll(offer.abilities()));
    return List.of(
            MachineState.STARTED, MachineState.STOPPED, MachineState.PAUSED, MachineState.SUSPENDED)
        .stream()
        .filter(state -> possible(state, abilities))
        .map(Enum::name)
        .toList();
  }

  private static boolean possible(MachineState state, Set<Capability> abilities) {
    return switch (state) {
      case STARTED -> true;
      case STOPPED -> abilities.contains(Capability.STOP);
      case PAUSED -> abilities.contains(Capability.PAUSE);
      case SUSPENDED -> abilities.contains(Capability.SUSPEND);
      case CREATING,
          STARTING,
          STOPPING,
          PAUSING,
          SUSPENDING,
          CAPTURING,
          RESTORING,
          DELETING,
          ERROR,
          FAILED ->
          false;
    };
  }
}
