package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.store.Row;

/** Machine templates: what no order could be given is refused when the template is written. */
final class MachineTemplateHandler extends StoredHandler {
  private final Wishes wishes;

  MachineTemplateHandler(Tools tools, Wishes wishes) {
    super(tools);
    this.wishes = wishes;
  }

  @Override
  Row prepared(Request request, Place place, Row row) {
    wishes.check(request.caller(), row.document().path("placement"));
    for (JsonNode volume : row.document().path("volumeTemplates")) {
      wishes.check(request.caller(), volume.path("volumeTemplate").path("placement"));
    }
    Orders.checkUserData(row.document().path("userData").asText(""), "userData");
    return super.prepared(request, place, row);
  }
}
