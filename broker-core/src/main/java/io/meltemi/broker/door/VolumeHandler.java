package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.door.VolumeOrders.Understood;
import io.meltemi.broker.job.Jobs;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.pivot.VolumeOrder;

/** Volumes: ordered by template, placed by decision, made and removed by jobs. */
final class VolumeHandler extends StoredHandler {
  static final String KIND = VolumeBook.KIND;

  /** The one type that the standard defines. */
  static final String MAPPED = "http://schemas.dmtf.org/cimi/2/mapped";

  private final VolumeOrders orders;
  private final Placing placing;
  private final Captures captures;

  VolumeHandler(Tools tools, VolumeOrders orders, Placing placing, Captures captures) {
    super(tools);
    this.orders = orders;
    this.placing = placing;
    this.captures = captures;
  }

  @Override
  public Reply create(Request request, Place place, ObjectNode body) {
    mayAdd(request, place);
    ObjectNode own = body.deepCopy();
    own.remove("volumeTemplate");
    ObjectNode document = document(request, place.kind(), own);
    Understood understood = orders.understood(request, body);
    return placing.order(
        tools(),
        request,
        understood.order(),
        understood.rules().quota(),
        () -> Placing.Stocked.alone(volume(request, place, document, understood)));
  }

  private Row volume(Request request, Place place, ObjectNode document, Understood understood) {
    document.setAll(document(understood.order()));
    return row(request, place, document).withState("CREATING");
  }

  /** What is told of a volume from the beginning. */
  static ObjectNode document(VolumeOrder order) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", order.type().orElse(MAPPED))
        .put("capacity", order.capacityKilobytes())
        .put("bootable", false);
  }

  @Override
  public Reply act(Request request, Place place, String operation, ObjectNode input) {
    return captures.take(request, place, operation, input);
  }

  @Override
  public Reply delete(Request request, Place place) {
    return deletedBy(request, place, Jobs::deleteVolume);
  }
}
