package io.meltemi.broker.door;

import io.meltemi.broker.store.Row;

/** Volume templates: what no order could be given is refused when the template is written. */
final class VolumeTemplateHandler extends StoredHandler {
  private final Wishes wishes;

  VolumeTemplateHandler(Tools tools, Wishes wishes) {
    super(tools);
    this.wishes = wishes;
  }

  @Override
  Row prepared(Request request, Place place, Row row) {
    wishes.check(request.caller(), row.document().path("placement"));
    return super.prepared(request, place, row);
  }
}
