package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Reply;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.job.Jobs;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Images: known by their location, captured from a machine, or snapshots of one. */
final class MachineImageHandler extends StoredHandler {
  private final Captures captures;

  MachineImageHandler(Tools tools, Captures captures) {
    super(tools);
    this.captures = captures;
  }

  /** A captured image is its provider's until the provider confirms that it is gone. */
  static final class ImageLook implements Look {
    private final Catalog catalog;

    ImageLook(Catalog catalog) {
      this.catalog = catalog;
    }

    @Override
    public Set<String> derived() {
      return Set.of("imageLocation", "observed", "source", "confidence");
    }

    @Override
    public void show(Caller caller, Row row, ObjectNode attributes) {
      attributes.put("imageLocation", Images.location(row));
      if (row.inner().path("discovered").asBoolean()) told(row, attributes);
    }

    /** Of the accounts that have it the one that was asked last. */
    private void told(Row row, ObjectNode attributes) {
      row.inner().path("copies").properties().stream()
          .flatMap(copy -> catalog.learnt(copy.getKey()).stream())
          .max(Comparator.comparing(Catalog.Learnt::observed))
          .ifPresent(learnt -> Networks.learnt(attributes, learnt));
    }

    @Override
    public Optional<Problem> hindrance(Caller caller, Row row, Operation operation) {
      boolean moving = row.state().equals("CREATING") || row.state().equals("DELETING");
      if (!operation.name().equals("delete") || !moving) {
        return Optional.empty();
      }
      return Optional.of(
          Refusals.state(
              "The image is " + row.state() + ".",
              "Wait until its job has ended, or stop that job."));
    }
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    Optional<Place> machine = captures.subject(request, body, MachineHandler.KIND);
    if (machine.isPresent()) {
      boolean snapshot = body.path("type").asText().equals(SnapshotBook.TYPE);
      return captures.take(request, machine.get(), snapshot ? "snapshot" : "capture", body);
    }
    return super.create(request, place, body);
  }

  @Override
  ObjectNode document(Request request, ResourceKind kind, ObjectNode body) {
    ObjectNode document = super.document(request, kind, body);
    if (!document.path("type").asText().equals("IMAGE")) {
      throw Refusals.attribute(
          "value",
          "type",
          "Only an IMAGE can be registered by its location.",
          "Give IMAGE as type; snapshots come from machines.");
    }
    return document;
  }

  @Override
  Row prepared(Request request, Place place, Row row) {
    Row prepared = super.prepared(request, place, row);
    return row.state().isEmpty() ? prepared.withState("AVAILABLE") : prepared;
  }

  @Override
  public Reply delete(Request request, Place place) {
    boolean captured =
        tools()
            .desk()
            .store()
            .read(request.tenant(), place.path())
            .filter(row -> row.inner().has("subject"))
            .isPresent();
    if (!captured) {
      return super.delete(request, place);
    }
    return deletedBy(request, place, Jobs::deleteImage);
  }
}
