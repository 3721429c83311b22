package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import java.util.Optional;

/**
 * Makes images of machines (R101): asked for at the machine in 2.0, by creating an image whose
 * location is the machine in 1.x.
 */
final class Captures {
  private final StoredHandler.Tools tools;
  private final StoredHandler machines;
  private final Places places;

  Captures(StoredHandler.Tools tools, Places places) {
    this.tools = tools;
    this.machines = new StoredHandler(tools);
    this.places = places;
  }

  /** Takes an image of the machine; the body is the image's representation. */
  Reply take(Request request, Place machine, ObjectNode body) {
    Place images = places.collection("machineImages");
    ResourceKind kind = images.kind();
    ObjectNode wanted = body.deepCopy();
    wanted.put("type", "IMAGE").put("imageLocation", machine.path());
    checkType(body);
    ObjectNode document = machines.document(request, kind, wanted);
    document.remove("imageLocation");
    document.putObject("_").put("machine", machine.path());
    Row image = machines.row(request, images, document).withState("CREATING");
    return tools.books().write(request, transaction -> taken(transaction, request, machine, image));
  }

  private Outcome taken(Transaction transaction, Request request, Place place, Row image) {
    Row machine = machines.current(transaction, request, place, "capture");
    Row stored = transaction.insert(image);
    Row job = tools.jobs().capture(transaction, request.caller(), machine, stored);
    Row now = transaction.find(stored.id()).orElse(stored);
    return Outcome.making(tools.views().of(request.caller(), now), job);
  }

  private static void checkType(ObjectNode body) {
    String type = body.path("type").asText("IMAGE");
    if (!type.equals("IMAGE")) {
      throw Refusals.attribute(
          "value",
          "type",
          "A capture makes an IMAGE, not a " + Refusals.shown(type) + ".",
          "Give IMAGE as type; no place here can make snapshots.");
    }
  }

  /** The machine that an image's location names, in whatever face; empty when it names none. */
  Optional<Place> machine(String location) {
    String path = location;
    for (Face face : Face.values()) {
      int at = location.indexOf(face.path());
      path = at < 0 ? path : location.substring(at + face.path().length());
    }
    return places
        .find(path)
        .filter(place -> !place.isCollection())
        .filter(place -> place.kind().name().equals(MachineHandler.KIND));
  }
}
