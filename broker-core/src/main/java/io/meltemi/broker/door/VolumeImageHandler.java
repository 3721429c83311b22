package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.broker.Reply;
import io.meltemi.broker.job.Jobs;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import java.util.List;
import java.util.Optional;

/** Images of volumes: snapshots that were taken here. */
final class VolumeImageHandler extends StoredHandler {
  static final String KIND = "VolumeImage";

  private final Captures captures;

  VolumeImageHandler(Tools tools, Captures captures) {
    super(tools);
    this.captures = captures;
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    String location = body.path("imageLocation").asText("");
    Optional<Place> volume = captures.subject(location, VolumeHandler.KIND);
    if (volume.isEmpty()) {
      throw Refusals.attribute(
          "value",
          "imageLocation",
          "'" + Refusals.shown(location) + "' is no volume here.",
          "Give the id of a volume: its image is taken.");
    }
    return captures.take(request, volume.get(), "snapshot", body);
  }

  @Override
  public Reply delete(Request request, Place place) {
    return deletedBy(request, place, Jobs::deleteImage);
  }

  /** The images of one volume: associations in 1.x, the images themselves in 2.0. */
  static final class OfVolume extends DerivedHandler {
    private final Tools tools;

    OfVolume(Tools tools) {
      this.tools = tools;
    }

    private static String volume(Place place) {
      String[] segments = place.path().split("/");
      return segments[0] + "/" + segments[1];
    }

    private List<Row> images(Caller caller, Place place) {
      return VolumeLook.images(tools.desk().store(), caller.tenant(), volume(place));
    }

    @Override
    List<Resource> all(Caller caller, Place place) {
      return images(caller, place).stream().map(image -> association(place, image)).toList();
    }

    private Resource association(Place place, Row image) {
      ObjectNode attributes = Parts.dated(named(image.name()), image);
      attributes.set("volumeImage", reference(image.id()));
      String id = image.id().substring(image.id().lastIndexOf('/') + 1);
      return resource(
          tools.desk().kinds().get("VolumeVolumeImage"),
          volume(place) + "/images/" + id,
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
}
