package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.Type;
import java.util.Optional;

/**
 * Reads what is given by value, by reference, or by reference with overrides and erasures (R47 to
 * R49): each member beside {@code href} replaces the whole value of what is referred to, a null
 * erases it.
 */
final class Blueprints {
  private final Checks checks;
  private final Sealer sealer;

  Blueprints(Checks checks, Sealer sealer) {
    this.checks = checks;
    this.sealer = sealer;
  }

  /**
   * What was meant.
   *
   * @param row what was referred to; empty when it was given by value
   * @param values attributes with overrides and erasures carried out
   */
  record Blueprint(Optional<Row> row, ObjectNode values) {}

  /**
   * Reads one.
   *
   * @param field path of the member in the request, for refusals
   */
  Blueprint read(Caller caller, Face face, ResourceKind kind, JsonNode given, String field) {
    if (!(given instanceof ObjectNode node)) {
      throw Checks.missing(field);
    }
    ObjectNode own = node.deepCopy();
    own.remove("href");
    checks.all(caller, face, kind.attributes(face).values(), own, field + ".");
    Optional<Row> row = row(caller, kind, node, field);
    ObjectNode values =
        row.map(found -> stored(kind, found)).orElseGet(JsonNodeFactory.instance::objectNode);
    values.setAll(own);
    node.properties().stream()
        .filter(entry -> entry.getValue().isNull())
        .forEach(entry -> values.remove(entry.getKey()));
    complete(face, kind, values, field);
    return new Blueprint(row, values);
  }

  private Optional<Row> row(Caller caller, ResourceKind kind, ObjectNode node, String field) {
    if (!node.has("href")) {
      return Optional.empty();
    }
    return checks.referred(
        caller, new Type.Ref(kind.name()), node.path("href").asText(), field + ".href");
  }

  private static void complete(Face face, ResourceKind kind, ObjectNode values, String field) {
    for (Attribute attribute : kind.attributes(face).values()) {
      if (attribute.consumerMandatory() && !values.hasNonNull(attribute.name())) {
        throw Checks.missing(field + "." + attribute.name());
      }
    }
  }

  private ObjectNode stored(ResourceKind kind, Row row) {
    ObjectNode values = row.document().deepCopy();
    values.remove("_");
    sealer.show(kind, row, values);
    return values;
  }
}
