package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.place.Adoption;
import io.meltemi.broker.place.MachineBook;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Observation;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.pivot.Amount;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Machines that others made and a tenant adopted. Adopting and releasing write rows and call no
 * provider: nothing is changed there.
 */
final class Adoptions {
  /** What whoever adopts may allow. Everything else would leave something of ours behind. */
  private static final Set<String> ACTIONS = Set.of("start", "stop", "restart", "pause", "suspend");

  private final Desk desk;
  private final MachineBook machines;

  Adoptions(Desk desk) {
    this.desk = desk;
    this.machines = new MachineBook(desk.clock());
  }

  /** Path of the row of a machine of this name, adopted or not. */
  static String path(String name) {
    return "machines/" + name;
  }

  /** A machine of the tenant that stands for what was seen. */
  Row adopted(
      Transaction transaction,
      String tenant,
      String account,
      Observation seen,
      Optional<String> name,
      Adoption how) {
    Amount shape = seen.shape().orElse(Amount.NONE);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.putObject("_").putArray("disks");
    Instant now = desk.now();
    Row row =
        new Row(
            path(Adoption.name(account, seen.handle())),
            tenant,
            MachineHandler.KIND,
            Optional.empty(),
            name.orElse(seen.name()),
            "",
            now,
            now,
            1,
            document);
    Row placed = how.into(Placed.adopted(account, seen.handle(), shape).into(row));
    return machines.adopted(transaction, placed, seen);
  }

  /** The machine is nobody's here any more, and stays at its provider as it is. */
  void released(Transaction transaction, Row machine) {
    machines.released(transaction, machine, below());
  }

  /** Releases all adopted machines of which this is true. */
  void released(Transaction transaction, Predicate<Row> which) {
    all(which)
        .forEach(known ->
            transaction
                .find(known.id())
                .ifPresent(row -> {
                  if (Adoption.is(row)) released(transaction, row);
                }));
  }

  /** Adopted machines of all tenants. */
  List<Row> all(Predicate<Row> which) {
    return desk.store().all(MachineHandler.KIND).stream()
        .filter(Adoption::is)
        .filter(which)
        .toList();
  }

  private List<String> below() {
    return desk.kinds().all().stream()
        .filter(kind -> kind.parent().equals(Optional.of(MachineHandler.KIND)))
        .map(ResourceKind::name)
        .toList();
  }

  /** The account of a machine; empty when it is nowhere. */
  static Optional<String> account(Row machine) {
    JsonNode account = machine.inner().path("placed").path("account");
    return Optional.ofNullable(account.textValue());
  }

  /** Why an operation is never possible on an adopted machine; empty for all others. */
  static Optional<Problem> hindrance(Row machine, String operation) {
    return Adoption.of(machine)
        .filter(how -> !(operation.equals("edit") || how.acting() && ACTIONS.contains(operation)))
        .map(how -> refused(machine, operation));
  }

  private static Problem refused(Row machine, String operation) {
    String release =
        "release it: POST .../broker/1/accounts/%s/foreignMachines/%s/release"
            .formatted(
                account(machine).orElse(""),
                machine.id().substring(machine.id().lastIndexOf('/') + 1));
    String remedy =
        operation.equals("delete")
            ? "To be rid of it here, " + release + "; it stays at its provider."
            : ACTIONS.contains(operation)
                ? "To allow it, " + release + ", and adopt it again with \"acting\": true."
                : "Order a machine of your own for that.";
    return Problem.of(
        409,
        "machine.adopted",
        "This machine was adopted, not made here; '" + operation + "' is not for the broker to do.",
        remedy);
  }
}
