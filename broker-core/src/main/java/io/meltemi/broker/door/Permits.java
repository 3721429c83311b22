package io.meltemi.broker.door;

import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What may be done with a row now. The same judgement offers an operation and accepts it, so that
 * an operation is offered exactly when it would be accepted.
 */
final class Permits {
  private final Views views;

  Permits(Views views) {
    this.views = views;
  }

  /** Names of the operations which the caller may carry out on the row now. */
  Set<String> offered(Caller caller, ResourceKind kind, Row row) {
    Set<String> names = possible(caller, kind, row);
    if (Rights.toChange(caller, kind, row).isPresent()) {
      names.removeIf(name -> !granted(caller, kind, row, name));
    }
    return names;
  }

  private boolean granted(Caller caller, ResourceKind kind, Row row, String name) {
    return kind.operations().stream()
        .filter(operation -> operation.name().equals(name))
        .anyMatch(operation -> views.look(kind).grants(caller, row, operation));
  }

  /** What the state and the look of the row allow to whoever has the right. */
  private Set<String> possible(Caller caller, ResourceKind kind, Row row) {
    Look.Judgement judgement = views.look(kind).judgement(caller, row);
    Set<String> names = new HashSet<>();
    for (Operation operation : kind.operations()) {
      if (!operation.name().equals("add")
          && operation.allowedIn(row.state())
          && judgement.hindrance(operation).isEmpty()) {
        names.add(operation.name());
      }
    }
    return names;
  }

  /** Names of the operations which the caller may carry out on a collection of the kind. */
  static Set<String> offered(Caller caller, ResourceKind kind) {
    return kind.knows("add") && Rights.toAdd(caller, kind).isEmpty() ? Set.of("add") : Set.of();
  }

  /** Refuses an operation that is not offered. */
  void check(Request request, ResourceKind kind, Row row, String name) {
    Operation operation =
        kind.operation(name, request.intent().face())
            .orElseThrow(() -> Refusals.unsupported(kind, name, known(kind)).asException());
    hindrance(request.caller(), kind, row, operation)
        .ifPresent(problem -> {
          throw problem.asException();
        });
  }

  private Optional<Problem> hindrance(
      Caller caller, ResourceKind kind, Row row, Operation operation) {
    return Rights.toChange(caller, kind, row)
        .filter(problem -> !views.look(kind).grants(caller, row, operation))
        .or(() -> ofState(caller, kind, row, operation))
        .or(() -> views.look(kind).hindrance(caller, row, operation));
  }

  private Optional<Problem> ofState(
      Caller caller, ResourceKind kind, Row row, Operation operation) {
    if (operation.allowedIn(row.state())) {
      return Optional.empty();
    }
    Set<String> others = new TreeSet<>(possible(caller, kind, row));
    return Optional.of(
        Refusals.state(
            "'" + operation.name() + "' is not possible in state " + row.state() + ".",
            "It is possible in "
                + String.join(", ", new TreeSet<>(operation.from()))
                + "; now are possible: "
                + (others.isEmpty() ? "none" : String.join(", ", others))
                + "."));
  }

  private static Set<String> known(ResourceKind kind) {
    return kind.operations().stream().map(Operation::name).collect(Collectors.toSet());
  }
}
