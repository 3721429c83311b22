package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Attribute;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind;
import java.util.Map;
import java.util.Set;

/**
 * Makes of a row what a caller may see of it now. Links which follow from the place of a resource,
 * such as its collections and its parent, are whoever's who writes it.
 */
final class Views {
  private final Kinds kinds;
  private final Map<String, Look> looks;
  private final Permits permits;
  private final Sealer sealer;

  Views(Kinds kinds, Map<String, Look> looks, Sealer sealer) {
    this.kinds = kinds;
    this.looks = Map.copyOf(looks);
    this.permits = new Permits(this);
    this.sealer = sealer;
  }

  Look look(ResourceKind kind) {
    return looks.getOrDefault(kind.name(), Look.PLAIN);
  }

  /** True when one of the attributes is worked out for whoever looks, and stands in no row. */
  boolean derives(ResourceKind kind, Set<String> attributes) {
    return attributes.stream().anyMatch(look(kind).derived()::contains)
        || kind.attributes().stream()
            .anyMatch(each -> each.sealed() && attributes.contains(each.name()));
  }

  Permits permits() {
    return permits;
  }

  boolean seen(Caller caller, Row row) {
    return look(kinds.get(row.kind())).seen(caller, row);
  }

  Resource of(Caller caller, Row row) {
    ResourceKind kind = kinds.get(row.kind());
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    common(row, attributes);
    attributes.setAll(row.document());
    attributes.remove("_");
    for (Attribute attribute : kind.attributes()) {
      declared(row, attribute, attributes);
    }
    sealer.show(kind, row, attributes);
    look(kind).show(caller, row, attributes);
    return new Resource(
        kind, row.id(), row.generation(), attributes, permits.offered(caller, kind, row));
  }

  private static void common(Row row, ObjectNode attributes) {
    if (!row.name().isEmpty()) {
      attributes.put("name", row.name());
    }
    attributes.put("created", row.created().toString());
    attributes.put("updated", row.updated().toString());
  }

  private static void declared(Row row, Attribute attribute, ObjectNode attributes) {
    String name = attribute.name();
    if (attribute.secret()) {
      attributes.remove(name);
    } else if (name.equals("state") && !row.state().isEmpty()) {
      attributes.put(name, row.state());
    }
  }
}
