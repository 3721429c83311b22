package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What was taken of one volume or machine and is listed there: associations in 1.x, the images
 * themselves in 2.0.
 */
final class TakenImages extends DerivedHandler {
  private final StoredHandler.Tools tools;
  private final String association;
  private final String attribute;
  private final BiFunction<Caller, String, List<Row>> taken;

  private TakenImages(
      StoredHandler.Tools tools,
      String association,
      String attribute,
      BiFunction<Caller, String, List<Row>> taken) {
    this.tools = tools;
    this.association = association;
    this.attribute = attribute;
    this.taken = taken;
  }

  static TakenImages ofVolumes(StoredHandler.Tools tools) {
    return new TakenImages(
        tools,
        "VolumeVolumeImage",
        "volumeImage",
        (caller, volume) -> VolumeLook.images(tools.desk().store(), caller.tenant(), volume));
  }

  static TakenImages ofMachines(StoredHandler.Tools tools) {
    return new TakenImages(
        tools,
        "MachineSnapshot",
        "snapshot",
        (caller, machine) ->
            SnapshotBook.of(tools.desk().store(), machine).stream()
                .filter(row -> row.tenant().equals(caller.tenant()))
                .toList());
  }

  private List<Row> images(Caller caller, Place place) {
    String[] segments = place.path().split("/");
    return taken.apply(caller, segments[0] + "/" + segments[1]);
  }

  @Override
  List<Resource> all(Caller caller, Place place) {
    return images(caller, place).stream().map(image -> associated(place, image)).toList();
  }

  private Resource associated(Place place, Row image) {
    ObjectNode attributes = Parts.dated(named(image.name()), image);
    attributes.set(attribute, reference(image.id()));
    String[] segments = place.path().split("/");
    String id = image.id().substring(image.id().lastIndexOf('/') + 1);
    return resource(
        tools.desk().kinds().get(association),
        String.join("/", segments[0], segments[1], segments[2], id),
        attributes);
  }

  @Override
  public Page list(Caller caller, Place place, Query query) {
    if (query.face() == Face.CIMI_1) {
      return super.list(caller, place, query);
    }
    List<Resource> images =
        images(caller, place).stream().map(row -> tools.views().of(caller, row)).toList();
    return Pages.of(caller, place, images, query);
  }
}
