package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.broker.store.Usage;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Every change of a machine's state goes through here, so that row, reason and usage interval never
 * part. A usage interval is open as long as the provider has, or may have, the machine.
 */
public final class MachineBook {
  /** Name of the kind. */
  public static final String KIND = "Machine";

  private final Clock clock;

  public MachineBook(Clock clock) {
    this.clock = clock;
  }

  public static MachineState state(Row machine) {
    return MachineState.valueOf(machine.state());
  }

  /** The machine is now in that state; an earlier reason no longer holds. */
  public Row moved(Transaction transaction, Row machine, MachineState state) {
    return store(transaction, machine, reasoned(machine, Optional.empty()).withState(state.name()));
  }

  /** The machine is now in that state, and why. */
  public Row moved(Transaction transaction, Row machine, MachineState state, String reason) {
    return moved(transaction, machine, machine, state, reason);
  }

  private Row moved(
      Transaction transaction, Row changed, Row before, MachineState state, String reason) {
    Row after = reasoned(changed, Optional.of(reason)).withState(state.name());
    Row row = store(transaction, before, after);
    tell(transaction, row, "reason", reason);
    return row;
  }

  /** The machine is now as its provider shows it. */
  public Row observed(
      Transaction transaction, Row machine, MachineState state, Observation observation) {
    Optional<String> reason =
        state == MachineState.ERROR || state == MachineState.FAILED
            ? Optional.of(observation.reason().orElse("the provider gives no reason"))
            : Optional.empty();
    Row shown = Shown.into(machine, observation);
    Row row = store(transaction, machine, reasoned(shown, reason).withState(state.name()));
    reason.ifPresent(words -> tell(transaction, row, "reason", words));
    return row;
  }

  /** True when the row already tells what the provider shows, its state apart. */
  public static boolean shows(Row machine, Observation observation) {
    return Shown.into(machine, observation).equals(machine);
  }

  /** The machine is, or is being made, at that place. */
  public Row at(Transaction transaction, Row machine, Placed placed) {
    return store(transaction, machine, placed.into(machine));
  }

  /** Nothing of the machine is left anywhere, and it is in error. */
  public Row nowhere(Transaction transaction, Row machine, String reason) {
    transaction.release(machine.id());
    return moved(transaction, Placed.nowhere(machine), machine, MachineState.ERROR, reason);
  }

  /** The provider no longer knows the machine; should it come back, its token tells. */
  public Row lost(Transaction transaction, Row machine, String reason) {
    Row without = Placed.of(machine).map(placed -> placed.lost().into(machine)).orElse(machine);
    return moved(transaction, without, machine, MachineState.ERROR, reason);
  }

  /** The machine no longer exists: its row goes, with what stands below it. */
  public void gone(Transaction transaction, Row machine, Iterable<String> kindsBelow) {
    for (String kind : kindsBelow) {
      transaction.children(machine.id(), kind).forEach(transaction::delete);
    }
    transaction.endUsage(machine.id(), now());
    transaction.delete(machine);
    transaction.release(machine.id());
  }

  /** Records an event about a machine, with one fact. */
  public void tell(Transaction transaction, Row machine, String type, String fact) {
    ObjectNode content =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", machine.name())
            .put("state", machine.state())
            .put("message", fact);
    Placed.of(machine).ifPresent(placed -> content.put("account", placed.account()));
    transaction.record(
        new Event(0, machine.tenant(), type, machine.id(), KIND, clock.instant(), content));
  }

  private Row store(Transaction transaction, Row before, Row after) {
    Row row = after.equals(before) ? before : transaction.update(after);
    Optional<Placed> now = Placed.of(row).filter(placed -> placed.handle().isPresent());
    boolean same = row.state().equals(before.state()) && amount(before).equals(amount(row));
    if (same) return row;
    Instant at = now();
    if (now.isEmpty()) {
      transaction.endUsage(row.id(), at);
    } else {
      transaction.startUsage(usage(row, now.get(), at));
    }
    return row;
  }

  /** As exact as the store keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Optional<Amount> amount(Row machine) {
    return Placed.of(machine).filter(placed -> placed.handle().isPresent()).map(Placed::amount);
  }

  private static Usage usage(Row row, Placed placed, Instant at) {
    return new Usage(
        row.id(),
        row.tenant(),
        KIND,
        row.state(),
        placed.amount(),
        placed.account(),
        at,
        Optional.empty());
  }

  private static Row reasoned(Row machine, Optional<String> reason) {
    ObjectNode inner = machine.inner().deepCopy();
    if (reason.isEmpty() && !inner.has("reason")) return machine;
    inner.remove("reason");
    reason.ifPresent(words -> inner.put("reason", words));
    return machine.withInner(inner);
  }
}
