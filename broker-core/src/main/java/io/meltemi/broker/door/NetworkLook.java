package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A network that was ordered, as it is seen: where it stands, and who is in it. */
final class NetworkLook implements Look {
  private static final int MOST_NAMED = 5;

  private final Store store;

  NetworkLook(Store store) {
    this.store = store;
  }

  @Override
  public Set<String> derived() {
    return Set.of("account", "location", "networkType", "mapping");
  }

  @Override
  public void show(Caller caller, Row row, ObjectNode attributes) {
    attributes.put("networkType", "PRIVATE");
    JsonNode placed = row.inner().path("placed");
    if (!placed.isObject()) return;
    attributes.put("account", placed.path("account").asText());
    attributes.put("location", placed.path("location").asText());
    ArrayNode mapping = Placed.mapping(row.inner());
    if (!mapping.isEmpty()) attributes.set("mapping", mapping);
  }

  @Override
  public Optional<Problem> hindrance(Caller caller, Row row, Operation operation) {
    return operation.name().equals("delete") ? moving(row).or(() -> joined(row)) : Optional.empty();
  }

  private static Optional<Problem> moving(Row row) {
    return row.state().equals("DELETING")
        ? Optional.of(Refusals.state("The network is DELETING.", "Wait until its job has ended."))
        : Optional.empty();
  }

  private Optional<Problem> joined(Row row) {
    List<String> machines = machines(row);
    if (machines.isEmpty()) return Optional.empty();
    String some = machines.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return Optional.of(
        Problem.of(
            409,
            "network.in-use",
            "Machines are in the network: "
                + some
                + (machines.size() > MOST_NAMED ? " and others." : "."),
            "Delete them first."));
  }

  /** Those whose orders named it. Many networks may be shown at once, so rows are not decoded. */
  private List<String> machines(Row network) {
    JsonNode there = network.inner().path("placed");
    if (!there.has("handle")) return List.of();
    return Dispatch.machines(store, network.tenant()).stream()
        .filter(machine -> isIn(machine.inner().path("placed"), there))
        .map(Row::id)
        .toList();
  }

  private static boolean isIn(JsonNode machine, JsonNode network) {
    String id = network.path("handle").asText();
    return machine.path("account").equals(network.path("account"))
        && machine.path("networks").valueStream().anyMatch(each -> each.asText().equals(id));
  }
}
