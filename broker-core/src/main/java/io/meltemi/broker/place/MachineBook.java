package io.meltemi.broker.place;

import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.MachineState;
import java.time.Clock;
import java.util.Optional;

/** The book of machines. */
public final class MachineBook extends PlacedBook {
  /** Name of the kind. */
  public static final String KIND = "Machine";

  public MachineBook(Clock clock) {
    super(clock, KIND, "machine");
  }

  public static MachineState state(Row machine) {
    return MachineState.valueOf(machine.state());
  }

  /** The machine is now in that state; an earlier reason no longer holds. */
  public Row moved(Transaction transaction, Row machine, MachineState state) {
    return moved(transaction, machine, machine, state.name());
  }

  /** The machine is now in that state, and why. */
  public Row moved(Transaction transaction, Row machine, MachineState state, String reason) {
    return moved(transaction, machine, machine, state.name(), reason);
  }

  /** The machine is now as its provider shows it. */
  public Row observed(
      Transaction transaction, Row machine, MachineState state, Observation observation) {
    Row shown = Shown.into(machine, observation);
    Optional<String> reason =
        state == MachineState.ERROR || state == MachineState.FAILED
            ? Optional.of(observation.reason().orElse("the provider gives no reason"))
            : Optional.empty();
    return reason
        .map(words -> moved(transaction, shown, machine, state.name(), words))
        .orElseGet(() -> moved(transaction, shown, machine, state.name()));
  }

  /** The machine was adopted as its provider shows it. */
  public Row adopted(Transaction transaction, Row machine, Observation observation) {
    Row shown = Shown.into(machine, observation).withState(observation.state().name());
    Row stored = begun(transaction, shown);
    tell(transaction, stored, "adopted", "stood there as " + observation.name());
    return stored;
  }

  /** The machine was adopted and is let go; nothing happens at its provider. */
  public void released(Transaction transaction, Row machine, Iterable<String> kindsBelow) {
    tell(transaction, machine, "released", "stays at its provider as it is");
    gone(transaction, machine, kindsBelow);
  }

  /** True when the row already tells what the provider shows, its state apart. */
  public static boolean shows(Row machine, Observation observation) {
    return Shown.into(machine, observation).equals(machine);
  }
}
