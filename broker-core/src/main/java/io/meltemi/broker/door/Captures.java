package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.model.schema.Face;
import java.util.Optional;

/**
 * Makes images and snapshots of machines and volumes (R101, R103): asked for at the machine or
 * volume in 2.0, by creating an image whose location it is in 1.x.
 */
final class Captures {
  private final StoredHandler.Tools tools;
  private final StoredHandler subjects;
  private final Places places;

  Captures(StoredHandler.Tools tools, Places places) {
    this.tools = tools;
    this.subjects = new StoredHandler(tools);
    this.places = places;
  }

  /**
   * Takes an image of the machine or volume; the body is the image's representation.
   *
   * @param operation by which that is asked for
   */
  Reply take(Request request, Place subject, String operation, ObjectNode body) {
    boolean ofVolume = subject.kind().name().equals(VolumeHandler.KIND);
    Place images = places.collection(ofVolume ? "volumeImages" : "machineImages");
    checkLocation(body, subject);
    ObjectNode wanted = body.deepCopy();
    wanted.put("imageLocation", subject.path());
    if (!ofVolume) {
      String type = operation.equals("snapshot") ? SnapshotBook.TYPE : "IMAGE";
      checkType(body, operation, type);
      wanted.put("type", type);
    }
    ObjectNode document = subjects.document(request, images.kind(), wanted);
    document.remove("imageLocation");
    document.putObject("_").put("subject", subject.path());
    Row image = subjects.row(request, images, document).withState("CREATING");
    return tools
        .books()
        .write(request, transaction -> taken(transaction, request, subject, operation, image));
  }

  private Outcome taken(
      Transaction transaction, Request request, Place place, String operation, Row image) {
    Row subject = subjects.current(transaction, request, place, operation);
    Row stored = transaction.insert(placed(subject, image));
    Row job = tools.jobs().capture(transaction, request.caller(), subject, stored);
    Row now = transaction.find(stored.id()).orElse(stored);
    return Outcome.making(tools.views().of(request.caller(), now), job);
  }

  /** A snapshot stays at its volume's place; a volume made of it holds at least as much. */
  private static Row placed(Row subject, Row image) {
    if (!subject.kind().equals(VolumeHandler.KIND)) {
      return image;
    }
    Placed at = Placed.of(subject).orElseThrow();
    ObjectNode document = image.document().deepCopy().put("bootable", false);
    ObjectNode inner = image.inner().deepCopy();
    inner.put("location", at.spot().location()).put("capacity", at.amount().diskKilobytes());
    return image.withDocument(document).withInner(inner);
  }

  /** Of what the image is taken the operation says already; the body may say the same (R101). */
  private void checkLocation(ObjectNode body, Place subject) {
    String location = body.path("imageLocation").asText("");
    boolean same =
        subject(location, subject.kind().name())
            .filter(at -> at.path().equals(subject.path()))
            .isPresent();
    if (!location.isEmpty() && !same) {
      throw Refusals.attribute(
          "value",
          "imageLocation",
          "The image is taken of " + subject.path() + ", not of " + Refusals.shown(location) + ".",
          "Leave imageLocation out, or ask at what it names.");
    }
  }

  private static void checkType(ObjectNode body, String operation, String made) {
    String type = body.path("type").asText(made);
    if (!type.equals(made)) {
      throw Refusals.attribute(
          "value",
          "type",
          "'"
              + operation
              + "' makes an image of type "
              + made
              + ", not "
              + Refusals.shown(type)
              + ".",
          "Give " + made + " as type, or none; 'capture' makes an IMAGE, 'snapshot' a SNAPSHOT.");
    }
  }

  /**
   * The machine or volume that the location in an image's body names; empty when it names none of
   * this kind.
   */
  Optional<Place> subject(Request request, ObjectNode body, String kind) {
    String location = body.path("imageLocation").asText("");
    Optional<Place> subject = subject(location, kind);
    if (subject.isPresent()
        && tools.desk().store().read(request.tenant(), subject.get().path()).isEmpty()) {
      throw Refusals.reference("imageLocation", location);
    }
    return subject;
  }

  /** Likewise, whether or not it is there, in whatever face it is named. */
  private Optional<Place> subject(String location, String kind) {
    String path = location;
    for (Face face : Face.values()) {
      int at = location.indexOf(face.path());
      path = at < 0 ? path : location.substring(at + face.path().length());
    }
    return places
        .find(path)
        .filter(place -> !place.isCollection())
        .filter(place -> place.kind().name().equals(kind));
  }
}
