package io.meltemi.broker.door;

import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.ResourceKind.Owner;
import java.util.Optional;

/** Who may change what. What a caller may see is decided by the rows that the store shows it. */
final class Rights {
  private Rights() {}

  /**
   * Why the caller may not add to a collection of this kind; empty when it may. An account makes
   * the broker call an address, so only those who run the house name one.
   */
  static Optional<Problem> toAdd(Caller caller, ResourceKind kind) {
    boolean houses = kind.owner() == Owner.HOUSE || kind.name().equals("Account");
    if (houses && !caller.operator()) {
      return Optional.of(operatorsOnly(kind.inASentence()));
    }
    return toWrite(caller);
  }

  /** Why the caller may not change this row; empty when it may. */
  static Optional<Problem> toChange(Caller caller, ResourceKind kind, Row row) {
    if (caller.operator() && row.tenant().equals(Row.HOUSE)) {
      return Optional.empty();
    }
    if (kind.owner() == Owner.HOUSE) {
      return Optional.of(operatorsOnly(kind.inASentence()));
    }
    if (row.tenant().equals(Row.HOUSE)) {
      return Optional.of(
          Problem.of(
              403,
              "right.house",
              "This " + kind.name() + " belongs to the house and is the same for all tenants.",
              "Make one of your own, or ask an operator to change it."));
    }
    return toWrite(caller);
  }

  private static Optional<Problem> toWrite(Caller caller) {
    if (caller.role().mayWrite()) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
            403,
            "right.reader",
            "A reader of this tenant may look at everything and change nothing.",
            "Ask an administrator of the tenant for the role of a member."));
  }

  static Problem operatorsOnly(String what) {
    return Problem.of(
        403,
        "right.operator",
        "Only those who run the house may change " + what + ".",
        "Ask an operator.");
  }

  /** Whose a new row of this kind becomes. */
  static String ownerOfNew(Caller caller, ResourceKind kind) {
    return kind.owner() == Owner.HOUSE ? Row.HOUSE : caller.tenant();
  }
}
