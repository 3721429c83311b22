package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.ProblemException;
import io.meltemi.model.schema.Type;

/**
 * Brings machines back to what they were (DSP0263 2.0.0, 5.14.1.2): from their own snapshots, and
 * from nothing else, for no place has the capability RestoreFromImage.
 */
final class Restores {
  private static final String FIELD = "image";

  private final StoredHandler.Tools tools;
  private final StoredHandler machines;
  private final Checks checks;

  Restores(StoredHandler.Tools tools, Checks checks) {
    this.tools = tools;
    this.machines = new StoredHandler(tools);
    this.checks = checks;
  }

  Reply restore(Request request, Place place, ObjectNode input) {
    return tools.books().write(request, transaction -> begun(transaction, request, place, input));
  }

  private Outcome begun(Transaction transaction, Request request, Place place, ObjectNode input) {
    Row machine = machines.current(transaction, request, place, "restore");
    machines.checkInput(request, place, "restore", input);
    Row snapshot = snapshot(request, machine, input);
    Row job = tools.jobs().restore(transaction, request.caller(), machine, snapshot);
    Row now = transaction.find(machine.id()).orElse(machine);
    return Outcome.begun(tools.views().of(request.caller(), now), job);
  }

  private Row snapshot(Request request, Row machine, ObjectNode input) {
    String href = input.path("image").path("href").asText("");
    if (href.isEmpty()) throw Checks.missing(FIELD);
    Row image =
        checks
            .referred(request.caller(), new Type.Ref(Images.KIND), href, FIELD)
            .orElseThrow(() -> Refusals.reference(FIELD, href));
    if (!SnapshotBook.is(image) || !SnapshotBook.machine(image).equals(machine.id())) {
      throw foreign(machine, image);
    }
    if (!image.state().equals("AVAILABLE")) throw Images.unavailable(image, FIELD);
    return image;
  }

  private static ProblemException foreign(Row machine, Row image) {
    return Refusals.attribute(
        "value",
        FIELD,
        image.id() + " is no snapshot of this machine, and nothing else restores it.",
        "Take one from " + machine.id() + "/snapshots; order a machine of its own from an image.");
  }
}
