package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.MachineState;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Asks a provider to remove what stands at a place, and looks whether it is gone. */
final class Removal {
  private Removal() {}

  /** True when the provider shows nothing of it any more; else it was asked to remove it. */
  static boolean done(Machines machines, Placed placed) {
    Set<Handle> there = new LinkedHashSet<>(machines.find(placed.token()));
    placed.handle().ifPresent(there::add);
    boolean gone = true;
    for (Handle handle : there) {
      Optional<Observation> seen = machines.read(handle);
      if (seen.isEmpty()) continue;
      gone = false;
      if (seen.get().state() != MachineState.DELETING) machines.delete(handle);
    }
    return gone;
  }
}
