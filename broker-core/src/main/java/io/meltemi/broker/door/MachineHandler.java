package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.door.Orders.Understood;
import io.meltemi.broker.job.Jobs;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Mount;
import java.util.List;

/** Machines: ordered by template, placed by decision, made and moved by jobs. */
final class MachineHandler extends StoredHandler {
  static final String KIND = "Machine";

  private final Orders orders;
  private final Placing placing;
  private final MachineLook look;
  private final Captures captures;
  private final Restores restores;
  private final Attachments attachments;
  private final Mounts mounts;

  MachineHandler(
      Tools tools,
      Orders orders,
      Placing placing,
      MachineLook look,
      Captures captures,
      Restores restores,
      Attachments attachments,
      Mounts mounts) {
    super(tools);
    this.orders = orders;
    this.placing = placing;
    this.look = look;
    this.captures = captures;
    this.restores = restores;
    this.attachments = attachments;
    this.mounts = mounts;
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    ObjectNode own = body.deepCopy();
    own.remove("machineTemplate");
    ObjectNode document = document(request, place.kind(), own);
    Understood understood = orders.understood(request, body);
    mounts.mayMake(request.caller(), understood.mounts());
    return placing.order(
        tools(),
        request,
        understood.order(),
        understood.rules().quota(),
        () -> stocked(request, machine(request, place, document, understood), understood));
  }

  private Placing.Stocked stocked(Request request, Row machine, Understood understood) {
    List<Mount> wanted = understood.mounts();
    List<Row> made = mounts.made(this, request, machine.id(), wanted);
    return new Placing.Stocked(
        machine, transaction -> mounts.booked(transaction, request, machine.id(), wanted, made));
  }

  private Row machine(Request request, Place place, ObjectNode document, Understood understood) {
    MachineOrder order = understood.order();
    document.put("cpu", order.cpu()).put("memory", order.memoryKibibytes());
    order.cpuArchitecture().ifPresent(name -> document.put("cpuArch", name));
    ObjectNode inner = document.putObject("_");
    JsonNode disks = understood.config().path("disks");
    inner.set("disks", disks.isArray() ? disks : JsonNodeFactory.instance.arrayNode());
    inner.put("image", order.image());
    return row(request, place, document).withState("CREATING");
  }

  @Override
  public Reply act(Request request, Place place, String operation, ObjectNode input) {
    return switch (operation) {
      case "capture", "snapshot" -> captures.take(request, place, operation, input);
      case "restore" -> restores.restore(request, place, input);
      case "connectvolume" -> attachments.act(request, place, operation, input);
      default ->
          tools()
              .books()
              .write(request, transaction -> moved(transaction, request, place, operation, input));
    };
  }

  private Outcome moved(
      Transaction transaction, Request request, Place place, String operation, ObjectNode input) {
    Row machine = current(transaction, request, place, operation);
    checkInput(request, place, operation, input);
    MachineAction action = action(operation, input.path("force").asBoolean());
    look.hindrance(machine, action)
        .ifPresent(problem -> {
          throw problem.asException();
        });
    Row job = tools().jobs().act(transaction, request.caller(), machine, action);
    Row now = transaction.find(machine.id()).orElse(machine);
    return Outcome.begun(tools().views().of(request.caller(), now), job);
  }

  private static MachineAction action(String operation, boolean force) {
    return switch (operation) {
      case "start" -> MachineAction.START;
      case "stop" -> force ? MachineAction.FORCE_STOP : MachineAction.STOP;
      case "restart" -> force ? MachineAction.FORCE_RESTART : MachineAction.RESTART;
      case "pause" -> MachineAction.PAUSE;
      case "suspend" -> MachineAction.SUSPEND;
      default -> throw new IllegalStateException("offered, but nobody can do it: " + operation);
    };
  }

  @Override
  public Reply delete(Request request, Place place) {
    return deletedBy(request, place, Jobs::deleteMachine);
  }
}
