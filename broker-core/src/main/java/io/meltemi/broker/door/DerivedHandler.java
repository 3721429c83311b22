package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Kinds whose resources follow from something else and are stored nowhere; read only. */
abstract class DerivedHandler implements Handler {
  /** All that the caller may see of a collection, in a stable order. */
  abstract List<Resource> all(Caller caller, Place place);

  @Override
  public Optional<Resource> read(Caller caller, Place place) {
    return all(caller, place).stream()
        .filter(resource -> resource.id().equals(place.path()))
        .findFirst();
  }

  @Override
  public Page list(Caller caller, Place place, Query query) {
    return Pages.of(caller, place, all(caller, place), query);
  }

  static Resource resource(ResourceKind kind, String id, ObjectNode attributes) {
    return new Resource(kind, id, 1, attributes, Set.of());
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode reference(String path) {
    return object().put("href", path);
  }

  /** Attributes with the owner's path and, where it has one, a name. */
  static ObjectNode attributes(String name, String parent) {
    ObjectNode attributes = object();
    if (!name.isEmpty()) {
      attributes.put("name", name);
    }
    attributes.set("parent", reference(parent));
    return attributes;
  }
}
