package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Operation;
import java.util.Optional;
import java.util.Set;

/** How rows of one kind are seen where that differs from what the kind declares. */
interface Look {
  /** For kinds which are what they declare. */
  Look PLAIN = new Look() {};

  /** False when the row does not exist for this caller although the store shows it. */
  default boolean seen(Caller caller, Row row) {
    return true;
  }

  /** True when this caller does not see every row that the store would show. */
  default boolean hides(Caller caller) {
    return false;
  }

  /** Names of the attributes that {@link #show} derives, which no index knows. */
  default Set<String> derived() {
    return Set.of();
  }

  /** Adds what is derived from the row, or takes away what this caller shall not see. */
  default void show(Caller caller, Row row, ObjectNode attributes) {}

  /** True for an operation that this caller may carry out without the right to change the row. */
  default boolean grants(Caller caller, Row row, Operation operation) {
    return false;
  }

  /** Why this operation is impossible now, beyond rights and states. */
  default Optional<Problem> hindrance(Caller caller, Row row, Operation operation) {
    return Optional.empty();
  }

  /** The same for several operations of one row, so that what they share is found out once. */
  default Judgement judgement(Caller caller, Row row) {
    return operation -> hindrance(caller, row, operation);
  }

  /** Judges the operations of one row. */
  @FunctionalInterface
  interface Judgement {
    Optional<Problem> hindrance(Operation operation);
  }
}
