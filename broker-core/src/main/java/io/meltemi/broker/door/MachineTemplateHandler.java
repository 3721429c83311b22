package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Reply;
import io.meltemi.broker.store.Row;
import io.meltemi.model.schema.Face;
import java.util.Set;

/** Machine templates: what no order could be given is refused when the template is written. */
final class MachineTemplateHandler extends StoredHandler {
  private final Wishes wishes;
  private final Cards cards;

  MachineTemplateHandler(Tools tools, Wishes wishes, Cards cards) {
    super(tools);
    this.wishes = wishes;
    this.cards = cards;
  }

  @Override
  Row prepared(Request request, Place place, Row row) {
    wishes.check(request.caller(), row.document().path("placement"));
    for (JsonNode volume : row.document().path("volumeTemplates")) {
      wishes.check(request.caller(), volume.path("volumeTemplate").path("placement"));
    }
    cards.check(request, row.document());
    Orders.checkUserData(row.document().path("userData").asText(""), "userData");
    return super.prepared(request, place, Cards.kept(row));
  }

  /** Interfaces that 1.x no longer names are none in 2.0 either. */
  @Override
  public Reply update(Request request, Place place, ObjectNode body, Set<String> only) {
    boolean told =
        request.intent().face() == Face.CIMI_1 && (only.isEmpty() || only.contains(Cards.OLD));
    boolean none = told && !body.hasNonNull(Cards.OLD);
    return changed(request, place, body, only, row -> none ? Cards.without(row) : row);
  }
}
