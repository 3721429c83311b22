package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.Amount;

/**
 * Takes over what a provider shows of a machine: {@code cpu}, {@code memory}, {@code endpoints} and
 * {@code providerAttributes} into its document, {@code addresses} and {@code providerName} under
 * {@code _}.
 */
final class Shown {
  private static final String ATTRIBUTES = "providerAttributes";

  private Shown() {}

  static Row into(Row machine, Observation observation) {
    Row placed =
        observation
            .shape()
            .flatMap(shape ->
                Placed.of(machine)
                    .filter(at -> !at.amount().equals(shape))
                    .map(at -> at.taking(shape).into(machine)))
            .orElse(machine);
    ObjectNode document = placed.document().deepCopy();
    observation.shape().ifPresent(shape -> shape(document, shape));
    put(document, "endpoints", endpoints(observation));
    attributes(document, observation);
    Row shown = placed.withDocument(document);
    ObjectNode inner = shown.inner().deepCopy();
    put(inner, "addresses", addresses(observation));
    inner.put("providerName", observation.name());
    return shown.withInner(inner);
  }

  private static void shape(ObjectNode document, Amount shape) {
    number(document, "cpu", shape.cpu());
    number(document, "memory", shape.memoryKibibytes());
  }

  private static void number(ObjectNode document, String name, long value) {
    if (value > 0 && document.path(name).asLong() != value) document.put(name, value);
  }

  private static void attributes(ObjectNode document, Observation observation) {
    document.remove(ATTRIBUTES);
    if (observation.attributes().isEmpty()) return;
    ObjectNode all = document.putObject(ATTRIBUTES);
    observation.attributes().forEach(all::put);
  }

  private static ArrayNode endpoints(Observation observation) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Observation.Endpoint endpoint : observation.endpoints()) {
      all.addObject()
          .put("guestPort", endpoint.guestPort())
          .put("protocol", endpoint.protocol())
          .put("host", endpoint.host())
          .put("port", endpoint.port());
    }
    return all;
  }

  private static ArrayNode addresses(Observation observation) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Observation.Address address : observation.addresses()) {
      ObjectNode one = all.addObject().put("ip", address.ip()).put("network", address.network());
      address.mac().ifPresent(mac -> one.put("mac", mac));
    }
    return all;
  }

  private static void put(ObjectNode into, String name, ArrayNode list) {
    if (list.isEmpty()) {
      into.remove(name);
    } else {
      into.set(name, list);
    }
  }
}
