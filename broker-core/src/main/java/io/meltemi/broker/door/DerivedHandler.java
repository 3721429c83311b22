package io.meltemi.broker.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Query;
import io.meltemi.model.Page;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;

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

  /** A resource whose version is its content. */
  static Resource resource(ResourceKind kind, String id, ObjectNode attributes) {
    CRC32C sum = new CRC32C();
    sum.update(attributes.toString().getBytes(UTF_8));
    return new Resource(kind, id, sum.getValue(), attributes, Set.of());
  }

  /** Refuses when the consumer expects another version. */
  static void fresh(Request request, Resource now) {
    OptionalLong asked = request.intent().ifMatch();
    if (asked.isPresent() && asked.getAsLong() != now.generation()) {
      throw Refusals.stale(asked.getAsLong(), now.generation());
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode named(String name) {
    return name.isEmpty() ? object() : object().put("name", name);
  }

  static ObjectNode reference(String path) {
    return object().put("href", path);
  }
}
