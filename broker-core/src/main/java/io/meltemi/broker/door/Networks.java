package io.meltemi.broker.door;

import static io.meltemi.broker.door.DerivedHandler.named;
import static io.meltemi.broker.door.DerivedHandler.reference;
import static io.meltemi.broker.door.DerivedHandler.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.door.Wires.Ip;
import io.meltemi.broker.door.Wires.Net;
import io.meltemi.broker.door.Wires.Nic;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Kinds;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The networks that a tenant's machines are in, in both versions: Network and Address of 1.x;
 * Network, ProtocolSegment and ProtocolEndpoint of 2.0. All derived from the machines.
 */
final class Networks {
  private final Kinds kinds;
  private final Store store;

  Networks(Kinds kinds, Store store) {
    this.kinds = kinds;
    this.store = store;
  }

  /** Something that is derived from all machines of the caller's tenant. */
  @FunctionalInterface
  private interface Derivation {
    List<Resource> of(List<Nic> nics, Place place);
  }

  private final class OfTenant extends DerivedHandler {
    private final Derivation derivation;

    OfTenant(Derivation derivation) {
      this.derivation = derivation;
    }

    @Override
    List<Resource> all(Caller caller, Place place) {
      List<Nic> nics =
          Wires.of(Dispatch.machines(store, caller.tenant())).stream()
              .flatMap(wires -> wires.nics().stream())
              .toList();
      return derivation.of(nics, place);
    }
  }

  Map<String, Handler> handlers() {
    return Map.of(
        "Network", new OfTenant((nics, place) -> networks(nics)),
        "Address", new OfTenant((nics, place) -> addresses(nics)),
        "ProtocolSegment", new OfTenant(this::segments),
        "ProtocolEndpoint", new OfTenant(this::endpoints));
  }

  private List<Resource> networks(List<Nic> nics) {
    Map<Net, Boolean> nets = new LinkedHashMap<>();
    for (Nic nic : nics) {
      boolean reachable = nic.ips().stream().anyMatch(ip -> isPublic(ip.address()));
      nets.merge(nic.net(), reachable, Boolean::logicalOr);
    }
    List<Resource> all = new ArrayList<>();
    nets.forEach((net, reachable) -> all.add(network(net, reachable)));
    return all;
  }

  private Resource network(Net net, boolean reachable) {
    ObjectNode attributes = named(net.name());
    attributes.put("state", "STARTED");
    attributes.put("networkType", reachable ? "PUBLIC" : "PRIVATE");
    return resource(kinds.get("Network"), net.path(), attributes);
  }

  private List<Resource> addresses(List<Nic> nics) {
    List<Resource> all = new ArrayList<>();
    for (Nic nic : nics) {
      nic.ips().forEach(ip -> all.add(address(nic, ip)));
    }
    return all;
  }

  private Resource address(Nic nic, Ip ip) {
    ObjectNode attributes = named(ip.address());
    attributes.put("ip", ip.address()).put("protocol", ip.protocol()).put("allocation", "dynamic");
    attributes.set("network", reference(nic.net().path()));
    attributes.set("resource", reference(ip.machine()));
    return resource(kinds.get("Address"), "addresses/" + ip.id(), attributes);
  }

  /** All segments, or those of the network that the collection belongs to. */
  private List<Resource> segments(List<Nic> nics, Place place) {
    Set<String> seen = new LinkedHashSet<>();
    List<Resource> all = new ArrayList<>();
    for (Nic nic : nics) {
      for (Ip ip : nic.ips()) {
        String path = nic.net().segment(ip.protocol());
        if (within(place, nic.net().path()) && seen.add(path)) {
          ObjectNode attributes = named(nic.net().name() + " " + ip.protocol());
          attributes.put("state", "STARTED").put("protocol", ip.protocol());
          attributes.put("noDefaultRouting", false);
          all.add(resource(kinds.get("ProtocolSegment"), path, attributes));
        }
      }
    }
    return all;
  }

  /** All endpoints, or those of the segment or interface that the collection belongs to. */
  private List<Resource> endpoints(List<Nic> nics, Place place) {
    List<Resource> all = new ArrayList<>();
    for (Nic nic : nics) {
      for (Ip ip : nic.ips()) {
        if (within(place, nic.path2()) || within(place, nic.net().segment(ip.protocol()))) {
          all.add(endpoint(nic, ip));
        }
      }
    }
    return all;
  }

  private Resource endpoint(Nic nic, Ip ip) {
    ObjectNode attributes = named(ip.address());
    attributes.put("state", "ENABLED").put("protocol", ip.protocol());
    attributes.put("address", ip.address()).put("origin", "DYNAMIC");
    attributes.set("interface", reference(nic.path2()));
    return resource(kinds.get("ProtocolEndpoint"), "endpoints/" + ip.id(), attributes);
  }

  private static boolean within(Place place, String owner) {
    return place.owner().map(owner::equals).orElse(true);
  }

  /** Literals only, so that no name is ever looked up. */
  private static boolean isPublic(String ip) {
    try {
      InetAddress address = InetAddress.ofLiteral(ip);
      return !address.isSiteLocalAddress()
          && !address.isLoopbackAddress()
          && !address.isLinkLocalAddress()
          && !address.isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
