package io.meltemi.broker.door;

import static io.meltemi.broker.door.DerivedHandler.named;
import static io.meltemi.broker.door.DerivedHandler.object;
import static io.meltemi.broker.door.DerivedHandler.reference;
import static io.meltemi.broker.door.DerivedHandler.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.door.Wires.Ip;
import io.meltemi.broker.door.Wires.Nic;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Kinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What stands below a machine, derived from the machine's row in both versions. */
final class Parts {
  private final Kinds kinds;
  private final Store store;
  private final Catalog catalog;

  Parts(Kinds kinds, Store store, Catalog catalog) {
    this.kinds = kinds;
    this.store = store;
    this.catalog = catalog;
  }

  /** A kind that follows from the machine in whose collection it stands. */
  private final class OfMachine extends DerivedHandler {
    private final BiFunction<Row, Place, List<Resource>> parts;

    OfMachine(BiFunction<Row, Place, List<Resource>> parts) {
      this.parts = parts;
    }

    @Override
    List<Resource> all(Caller caller, Place place) {
      String[] segments = place.path().split("/");
      return store
          .read(caller.tenant(), segments[0] + "/" + segments[1])
          .map(machine -> parts.apply(machine, place))
          .orElseGet(List::of);
    }
  }

  Map<String, Handler> handlers() {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.put("Disk", new OfMachine((machine, place) -> disks(machine)));
    handlers.put("MachineNetworkInterface", new OfMachine((machine, place) -> nics1(machine)));
    handlers.put("NetworkInterface", new OfMachine((machine, place) -> nics2(machine)));
    handlers.put(
        "MachineNetworkInterfaceAddress",
        new OfMachine((machine, place) -> addresses(machine, place)));
    return handlers;
  }

  private List<Resource> disks(Row machine) {
    List<Resource> disks = new ArrayList<>();
    Optional<Long> only = onlyDisk(machine);
    for (JsonNode disk : machine.inner().path("disks")) {
      ObjectNode attributes = dated(named("disk" + (disks.size() + 1)), machine);
      attributes.put("capacity", only.orElse(disk.path("capacity").asLong()));
      String id = machine.id() + "/disks/" + (disks.size() + 1);
      disks.add(resource(kinds.get("Disk"), id, attributes));
    }
    return disks;
  }

  /** What is given to a machine with one disk; of more, places tell only the sum. */
  private static Optional<Long> onlyDisk(Row machine) {
    return machine.inner().path("disks").size() == 1
        ? Placed.of(machine)
            .map(placed -> placed.amount().diskKilobytes() - placed.ownDisk())
            .filter(given -> given > 0)
        : Optional.empty();
  }

  private List<Resource> nics1(Row machine) {
    return wires(machine).nics().stream().map(nic -> nic1(machine, nic)).toList();
  }

  private Resource nic1(Row machine, Nic nic) {
    ObjectNode attributes = dated(named("nic" + nic.number()), machine);
    attributes.set("network", reference(nic.net().path()));
    attributes.set("networkPort", reference(Networks.port(nic)));
    attributes.put("state", "ACTIVE");
    nic.net().mtu().ifPresent(mtu -> attributes.put("mtu", mtu));
    if (!nic.mac().isEmpty()) {
      attributes.put("macAddress", nic.mac());
    }
    return resource(kinds.get("MachineNetworkInterface"), nic.path1(), attributes);
  }

  private List<Resource> nics2(Row machine) {
    return wires(machine).nics().stream().map(nic -> nic2(machine, nic)).toList();
  }

  private Resource nic2(Row machine, Nic nic) {
    ObjectNode attributes = dated(named("nic" + nic.number()), machine).put("state", "ENABLED");
    nic.net().mtu().ifPresent(mtu -> attributes.put("mtu", mtu));
    return resource(kinds.get("NetworkInterface"), nic.path2(), attributes);
  }

  private Wires wires(Row machine) {
    return Wires.of(machine, new Nets(store, catalog, machine.tenant()));
  }

  /** The addresses of the interface that the collection belongs to. */
  private List<Resource> addresses(Row machine, Place place) {
    String owner = place.owner().orElse("");
    return wires(machine).nics().stream()
        .filter(nic -> nic.path1().equals(owner))
        .flatMap(nic -> nic.ips().stream())
        .map(ip -> address(owner, ip))
        .toList();
  }

  private Resource address(String owner, Ip ip) {
    ObjectNode attributes = object();
    attributes.set("address", reference("addresses/" + ip.id()));
    return resource(
        kinds.get("MachineNetworkInterfaceAddress"),
        owner + "/addresses/" + ip.number(),
        attributes);
  }

  static ObjectNode dated(ObjectNode attributes, Row machine) {
    return attributes
        .put("created", machine.created().toString())
        .put("updated", machine.updated().toString());
  }
}
