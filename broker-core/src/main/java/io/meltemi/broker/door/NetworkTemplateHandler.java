package io.meltemi.broker.door;

import io.meltemi.broker.store.Row;

/** Network templates: what no order could be given is refused when the template is written. */
final class NetworkTemplateHandler extends StoredHandler {
  private final Wishes wishes;

  NetworkTemplateHandler(Tools tools, Wishes wishes) {
    super(tools);
    this.wishes = wishes;
  }

  @Override
  Row prepared(Request request, Place place, Row row) {
    wishes.check(request.caller(), row.document().path("placement"));
    NetworkOrders.check(row.document(), "");
    return super.prepared(request, place, row);
  }
}
