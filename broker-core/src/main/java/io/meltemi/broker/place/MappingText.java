package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.pivot.Mapping;
import java.util.List;
import java.util.Optional;

/** Reports of how an order is carried, as they stand in documents. */
public final class MappingText {
  private MappingText() {}

  public static ArrayNode json(List<Mapping> mappings) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Mapping mapping : mappings) {
      ObjectNode one =
          all.addObject()
              .put("attribute", mapping.attribute())
              .put("fidelity", mapping.fidelity().name())
              .put("wanted", mapping.wanted());
      mapping.given().ifPresent(given -> one.put("given", given));
      mapping.surplus().ifPresent(surplus -> one.put("surplus", surplus));
    }
    return all;
  }

  static List<Mapping> read(JsonNode json) {
    return json.valueStream()
        .map(one ->
            new Mapping(
                one.path("attribute").asText(),
                Mapping.Fidelity.valueOf(one.path("fidelity").asText()),
                one.path("wanted").asText(),
                Optional.ofNullable(one.path("given").textValue()),
                Optional.ofNullable(one.path("surplus").textValue())))
        .toList();
  }
}
