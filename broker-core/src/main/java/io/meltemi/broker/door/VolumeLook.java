package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Operation;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Offer;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A volume as it is seen: where it stands, and what can be done with it there. */
final class VolumeLook implements Look {
  private final Store store;
  private final Catalog catalog;

  VolumeLook(Store store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  @Override
  public void show(Caller caller, Row row, ObjectNode attributes) {
    JsonNode placed = row.inner().path("placed");
    if (placed.isObject()) {
      attributes.put("account", placed.path("account").asText());
      attributes.put("location", placed.path("location").asText());
      type(placed).ifPresent(type -> attributes.put("volumeType", type));
      ArrayNode mapping = Placed.mapping(row.inner());
      if (!mapping.isEmpty()) attributes.set("mapping", mapping);
    }
  }

  /** By its name; by its id where volumes of it are not offered now. */
  private Optional<String> type(JsonNode placed) {
    return catalog
        .offer(placed.path("offer").asText())
        .flatMap(Offer::volumeType)
        .map(Offer.VolumeType::name)
        .or(() -> Optional.ofNullable(placed.path("size").textValue()));
  }

  @Override
  public Optional<Problem> hindrance(Caller caller, Row row, Operation operation) {
    return switch (operation.name()) {
      case "delete" -> moving(row).or(() -> attached(row)).or(() -> imaged(row));
      case "snapshot" -> lacks(row).or(() -> attached(row));
      default -> Optional.empty();
    };
  }

  private static Optional<Problem> moving(Row row) {
    return switch (row.state()) {
      case "DELETING", "CAPTURING" ->
          Optional.of(
              Refusals.state(
                  "The volume is " + row.state() + ".", "Wait until its job has ended."));
      default -> Optional.empty();
    };
  }

  /** Why nothing can be done with it that needs it to stand alone. */
  static Optional<Problem> attached(Row volume) {
    return Attachment.of(volume).stream()
        .findFirst()
        .map(there ->
            Problem.of(
                409,
                "volume.attached",
                "The volume is "
                    + there.stage()
                    + (there.stage() == Attachment.Stage.DETACHING ? " from " : " to ")
                    + there.machine()
                    + ".",
                there.stage() == Attachment.Stage.ATTACHED
                    ? "Detach it first: DELETE " + path(volume, there) + "."
                    : "Wait until its job has ended, and detach it first."));
  }

  private static String path(Row volume, Attachment there) {
    return Attachments.path(there.machine(), volume) + " of CIMI 1.x, or remove in 2.0";
  }

  /** Some providers remove a volume's images with it, others refuse. */
  private Optional<Problem> imaged(Row row) {
    List<Row> images = images(store, row.tenant(), row.id());
    return images.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                409,
                "volume.has-images",
                "There are " + images.size() + " images of the volume.",
                "Delete them first: " + images.getFirst().id() + " is one of them."));
  }

  /** Images which were taken of a volume. */
  static List<Row> images(Store store, String tenant, String volume) {
    return store.all(VolumeImageHandler.KIND).stream()
        .filter(image -> image.tenant().equals(tenant))
        .filter(image -> image.inner().path("subject").asText().equals(volume))
        .filter(image -> image.inner().path("made").isObject())
        .toList();
  }

  private Optional<Problem> lacks(Row row) {
    return Abilities.of(row, catalog).orElse(Set.of()).contains(Capability.VOLUME_SNAPSHOT)
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                409,
                "ability.missing",
                "The place of this volume cannot take snapshots of volumes, or is not known now.",
                "Order the volume with the placement term abilities = VOLUME_SNAPSHOT."));
  }
}
