package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Nearest;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Operation;
import io.meltemi.model.schema.ResourceKind;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes documents of what consumers send. What only the provider sets is silently left aside (R59);
 * what is not declared is refused (R60).
 */
final class Forms {
  /** What every resource shows beside its attributes, and nobody can change (R59). */
  private static final Set<String> SHOWN = Set.of("id", "resourceURI", "operations");

  private final Checks checks;

  Forms(Checks checks) {
    this.checks = checks;
  }

  /** The document of a new resource, its name still in it. */
  ObjectNode fresh(Request request, ResourceKind kind, ObjectNode body) {
    Map<String, Attribute> declared = kind.attributes(request.intent().face());
    check(request, kind, body);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    declared.values().stream()
        .filter(Attribute::givenAtCreate)
        .filter(attribute -> body.hasNonNull(attribute.name()))
        .forEach(attribute -> document.set(attribute.name(), body.get(attribute.name())));
    complete(declared.values(), document);
    return document;
  }

  /**
   * The document after an update, its name in it.
   *
   * @param only the attributes which change; empty for all (R57, R58)
   */
  ObjectNode changed(
      Request request, ResourceKind kind, Row row, ObjectNode body, Set<String> only) {
    Face face = request.intent().face();
    Map<String, Attribute> declared = kind.attributes(face);
    selected(declared, body, only);
    check(request, kind, body);
    ObjectNode document = row.document().deepCopy();
    document.put("name", row.name());
    declared.values().stream()
        .filter(attribute -> attribute.consumerWritable() && attribute.mutable())
        .filter(attribute -> only.isEmpty() || only.contains(attribute.name()))
        .forEach(attribute -> put(document, attribute, body.get(attribute.name()), only));
    complete(
        declared.values().stream()
            .filter(attribute -> only.isEmpty() || only.contains(attribute.name()))
            .toList(),
        document);
    return document;
  }

  /** Holds an action's parameters against its declaration. */
  void checkInput(Request request, Operation operation, ObjectNode input) {
    Face face = request.intent().face();
    checks.all(request.caller(), face, operation.input(), input, "");
    for (Attribute parameter : operation.input()) {
      if (parameter.consumerMandatory() && !input.hasNonNull(parameter.name())) {
        throw Checks.missing(parameter.name());
      }
    }
  }

  private static void put(
      ObjectNode document, Attribute attribute, @Nullable JsonNode value, Set<String> only) {
    boolean given = value != null && !value.isNull();
    if (given) {
      document.set(attribute.name(), value);
    } else if (value != null || !attribute.secret() || !only.isEmpty()) {
      document.remove(attribute.name());
      Sealer.forget(document, attribute.name());
    }
  }

  private void check(Request request, ResourceKind kind, ObjectNode body) {
    Face face = request.intent().face();
    checks.all(request.caller(), face, kind.attributes(face).values(), body, "");
  }

  private static void selected(Map<String, Attribute> declared, ObjectNode body, Set<String> only) {
    for (String name : only) {
      if (!declared.containsKey(name) && !SHOWN.contains(name)) {
        throw Refusals.attribute(
            "unknown",
            "$select",
            "There is no attribute '" + Refusals.shown(name) + "' to change.",
            Nearest.to(name, declared.keySet())
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Name attributes of the resource."));
      }
    }
    body.fieldNames()
        .forEachRemaining(name -> {
          if (!only.isEmpty() && !only.contains(name)) {
            throw Refusals.attribute(
                "not-selected",
                name,
                "The body holds '" + Refusals.shown(name) + "', which $select does not name.",
                "Name it in $select too, or leave it out of the body.");
          }
        });
  }

  private static void complete(Collection<Attribute> declared, ObjectNode document) {
    for (Attribute attribute : declared) {
      if (attribute.consumerMandatory()
          && attribute.givenAtCreate()
          && !document.hasNonNull(attribute.name())) {
        throw Checks.missing(attribute.name());
      }
    }
  }
}
