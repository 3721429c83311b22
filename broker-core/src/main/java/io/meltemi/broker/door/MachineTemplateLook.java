package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import java.util.Optional;
import java.util.Set;

/** A machine's template as it is seen: the interfaces of 1.x follow from those of 2.0. */
final class MachineTemplateLook implements Look {
  private final Store store;

  MachineTemplateLook(Store store) {
    this.store = store;
  }

  @Override
  public Set<String> derived() {
    return Set.of(Cards.OLD);
  }

  @Override
  public void show(Caller caller, Row row, ObjectNode attributes) {
    for (JsonNode each : row.document().path(Cards.NEW)) {
      network(caller, each)
          .ifPresent(there ->
              attributes
                  .withArray(Cards.OLD)
                  .addObject()
                  .put("state", "ACTIVE")
                  .set(Cards.NETWORK, there));
    }
  }

  /** Given by value, or by the template that is referred to. */
  private Optional<JsonNode> network(Caller caller, JsonNode card) {
    Optional<JsonNode> own = Optional.of(card.path(Cards.NETWORK)).filter(JsonNode::isObject);
    return own.or(() ->
        store
            .read(caller.tenant(), card.path("href").asText())
            .<JsonNode>map(template -> template.document().path(Cards.NETWORK))
            .filter(JsonNode::isObject));
  }
}
