package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.job.Jobs;
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
    Optional<Place> volume = captures.subject(request, body, VolumeHandler.KIND);
    if (volume.isEmpty()) {
      String location = body.path("imageLocation").asText("");
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
}
