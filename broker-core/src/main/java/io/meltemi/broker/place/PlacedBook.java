package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.broker.store.Usage;
import io.meltemi.pivot.Amount;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Every change of the state of what stands at a provider goes through here, so that row, reason and
 * usage interval never part. A usage interval is open as long as the provider has, or may have, it.
 */
public abstract class PlacedBook {
  private static final String ERROR = "ERROR";

  private final Clock clock;
  private final String kind;
  private final String word;

  /**
   * @param kind name of the kind
   * @param word what people call it
   */
  PlacedBook(Clock clock, String kind, String word) {
    this.clock = clock;
    this.kind = kind;
    this.word = word;
  }

  /** What people call one. */
  public String word() {
    return word;
  }

  /** It is, or is being made, at that place. */
  public Row at(Transaction transaction, Row row, Placed placed) {
    return store(transaction, row, placed.into(row));
  }

  /** It stood at its provider before the broker knew it, and is in the book from now on. */
  final Row begun(Transaction transaction, Row row) {
    Row stored = transaction.insert(row);
    transaction.startUsage(usage(stored, Placed.of(stored).orElseThrow(), now()));
    return stored;
  }

  /** It is in error, and why. */
  public Row failed(Transaction transaction, Row row, String reason) {
    return moved(transaction, row, row, ERROR, reason);
  }

  /** Nothing of it is left anywhere, and it is in error. */
  public Row nowhere(Transaction transaction, Row row, String reason) {
    transaction.release(row.id());
    return moved(transaction, Placed.nowhere(row), row, ERROR, reason);
  }

  /** The provider no longer knows it; should it come back, its token tells. */
  public Row lost(Transaction transaction, Row row, String reason) {
    Row without = Placed.of(row).map(placed -> placed.lost().into(row)).orElse(row);
    return moved(transaction, without, row, ERROR, reason);
  }

  /** It no longer exists: its row goes, with what stands below it. */
  public void gone(Transaction transaction, Row row, Iterable<String> kindsBelow) {
    for (String below : kindsBelow) {
      transaction.children(row.id(), below).forEach(transaction::delete);
    }
    transaction.endUsage(row.id(), now());
    transaction.delete(row);
    transaction.release(row.id());
  }

  /** Records an event about it, with one fact. */
  public void tell(Transaction transaction, Row row, String type, String fact) {
    ObjectNode content =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", row.name())
            .put("state", row.state())
            .put("message", fact);
    Placed.of(row).ifPresent(placed -> content.put("account", placed.account()));
    transaction.record(new Event(0, row.tenant(), type, row.id(), kind, clock.instant(), content));
  }

  /**
   * @param changed what the row becomes but for state and reason
   * @param before the row as it stands
   */
  final Row moved(Transaction transaction, Row changed, Row before, String state, String reason) {
    Row after = reasoned(changed, Optional.of(reason)).withState(state);
    Row row = store(transaction, before, after);
    tell(transaction, row, "reason", reason);
    return row;
  }

  /** The same without a reason; an earlier one no longer holds. */
  final Row moved(Transaction transaction, Row changed, Row before, String state) {
    return store(transaction, before, reasoned(changed, Optional.empty()).withState(state));
  }

  private Row store(Transaction transaction, Row before, Row after) {
    Row row = after.equals(before) ? before : transaction.update(after);
    Optional<Amount> taken = Placed.of(row).map(Placed::amount);
    if (!taken.equals(Placed.of(before).map(Placed::amount))) {
      taken.ifPresent(amount -> transaction.resize(row.id(), amount));
    }
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

  private static Optional<Amount> amount(Row row) {
    return Placed.of(row).filter(placed -> placed.handle().isPresent()).map(Placed::amount);
  }

  /** Bills tell by the kind what is not ours and costs nothing here. */
  private Usage usage(Row row, Placed placed, Instant at) {
    return new Usage(
        row.id(),
        row.tenant(),
        Adoption.is(row) ? "Adopted" + kind : kind,
        row.state(),
        placed.amount(),
        placed.account(),
        at,
        Optional.empty());
  }

  private static Row reasoned(Row row, Optional<String> reason) {
    ObjectNode inner = row.inner().deepCopy();
    if (reason.isEmpty() && !inner.has("reason")) return row;
    inner.remove("reason");
    reason.ifPresent(words -> inner.put("reason", words));
    return row.withInner(inner);
  }
}
