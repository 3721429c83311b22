package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.pivot.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Verdicts as they stand in documents. */
final class Verdicts {
  private Verdicts() {}

  static ArrayNode json(List<Verdict.Refused> verdicts) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Verdict.Refused verdict : verdicts) {
      all.addObject()
          .put("rule", verdict.rule())
          .put("wanted", verdict.wanted())
          .put("offered", verdict.offered())
          .put("remedy", verdict.remedy())
          .put("factTime", verdict.factTime().toString())
          .put("confidence", verdict.confidence().name());
    }
    return all;
  }

  /** The same with the age that each fact has now. */
  static ArrayNode aged(JsonNode verdicts, Instant now) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (JsonNode each : verdicts) {
      ObjectNode verdict = each.deepCopy();
      Duration age = Duration.between(Instant.parse(each.path("factTime").asText()), now);
      all.add(verdict.put("age", Duration.ofSeconds(Math.max(0, age.toSeconds())).toString()));
    }
    return all;
  }
}
