package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.job.Jobs;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Order;
import io.meltemi.placement.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Jobs as they are booked, with nobody who carries them out: for stories that end at the door. */
final class PaperJobs implements Jobs {
  private static final Instant WHEN = Instant.parse("2026-11-21T10:00:00Z");

  final List<MachineOrder> orders = new ArrayList<>();

  @Override
  public Row create(
      Transaction transaction,
      Caller caller,
      Row target,
      List<Row> volumes,
      Order order,
      Decision decision) {
    if (order instanceof MachineOrder machine) orders.add(machine);
    return job(transaction, caller, "QUEUED", "add", target.id(), List.of(target.id()));
  }

  @Override
  public Row act(Transaction transaction, Caller caller, Row machine, MachineAction action) {
    transaction.update(machine.withState(action.during().name()));
    return job(transaction, caller, "QUEUED", action.name(), machine.id(), List.of());
  }

  @Override
  public Row capture(Transaction transaction, Caller caller, Row machine, Row image) {
    return job(transaction, caller, "QUEUED", "capture", machine.id(), List.of(image.id()));
  }

  @Override
  public Row restore(Transaction transaction, Caller caller, Row machine, Row snapshot) {
    transaction.update(machine.withState("RESTORING"));
    return job(transaction, caller, "QUEUED", "restore", machine.id(), List.of(snapshot.id()));
  }

  @Override
  public Row deleteMachine(Transaction transaction, Caller caller, Row machine) {
    transaction.update(machine.withState("DELETING"));
    return job(transaction, caller, "QUEUED", "delete", machine.id(), List.of());
  }

  @Override
  public Row attach(
      Transaction transaction, Caller caller, Row volume, String machine, boolean attach) {
    transaction.update(volume);
    return job(transaction, caller, "QUEUED", "attach", volume.id(), List.of(machine));
  }

  @Override
  public Row deleteVolume(Transaction transaction, Caller caller, Row volume) {
    transaction.update(volume.withState("DELETING"));
    return job(transaction, caller, "QUEUED", "delete", volume.id(), List.of());
  }

  @Override
  public Row deleteNetwork(Transaction transaction, Caller caller, Row network) {
    transaction.update(network.withState("DELETING"));
    return job(transaction, caller, "QUEUED", "delete", network.id(), List.of());
  }

  @Override
  public Row deleteImage(Transaction transaction, Caller caller, Row image) {
    transaction.update(image.withState("DELETING"));
    return job(transaction, caller, "QUEUED", "delete", image.id(), List.of());
  }

  @Override
  public Row discover(Transaction transaction, Caller caller, Row account) {
    return job(transaction, caller, "QUEUED", "discover", account.id(), List.of());
  }

  @Override
  public Row stop(Transaction transaction, Caller caller, Row job) {
    return transaction.update(job.withState("STOPPING"));
  }

  @Override
  public Row stopAndForget(Transaction transaction, Caller caller, Row job) {
    return stop(transaction, caller, job);
  }

  @Override
  public Row done(
      Transaction transaction, Caller caller, String action, String target, List<String> affected) {
    return job(transaction, caller, "SUCCESS", action, target, affected);
  }

  private static Row job(
      Transaction transaction,
      Caller caller,
      String state,
      String action,
      String target,
      List<String> affected) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put("action", action);
    document.putObject("targetResource").put("href", target);
    affected.forEach(path -> document.withArray("affectedResources").addObject().put("href", path));
    return transaction.insert(
        new Row(
            "jobs/" + UUID.randomUUID(),
            caller.tenant(),
            "Job",
            Optional.empty(),
            "",
            state,
            WHEN,
            WHEN,
            1,
            document));
  }
}
