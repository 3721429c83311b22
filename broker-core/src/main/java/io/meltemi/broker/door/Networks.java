package io.meltemi.broker.door;

import static io.meltemi.broker.door.DerivedHandler.named;
import static io.meltemi.broker.door.DerivedHandler.object;
import static io.meltemi.broker.door.DerivedHandler.reference;
import static io.meltemi.broker.door.DerivedHandler.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Caller;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.catalog.Network;
import io.meltemi.broker.door.Nets.Net;
import io.meltemi.broker.door.Wires.Ip;
import io.meltemi.broker.door.Wires.Nic;
import io.meltemi.broker.store.Store;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Kinds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The networks of a tenant's accounts, with its machines in them, in both versions: Network,
 * NetworkPort and Address of 1.x; Network, ProtocolSegment and ProtocolEndpoint of 2.0. All derived
 * from what accounts and machines show.
 */
final class Networks {
  private final Kinds kinds;
  private final Store store;
  private final Catalog catalog;

  Networks(Kinds kinds, Store store, Catalog catalog) {
    this.kinds = kinds;
    this.store = store;
    this.catalog = catalog;
  }

  /**
   * What a tenant has of networks.
   *
   * @param nets those that were ordered, then those that accounts show, then those that only
   *     machines show
   * @param nics the cards of all machines
   */
  private record View(List<Net> nets, List<Nic> nics) {}

  /** Something that is derived from all that a tenant has. */
  @FunctionalInterface
  private interface Derivation {
    List<Resource> of(View view, Place place);
  }

  private final class OfTenant extends DerivedHandler {
    private final Derivation derivation;

    OfTenant(Derivation derivation) {
      this.derivation = derivation;
    }

    @Override
    List<Resource> all(Caller caller, Place place) {
      return derivation.of(view(caller), place);
    }
  }

  /** Networks of which no row tells. */
  DerivedHandler shown() {
    return new OfTenant((view, place) -> networks(view));
  }

  Map<String, Handler> handlers() {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.put("NetworkPort", new OfTenant((view, place) -> ports(view)));
    handlers.put("NetworkNetworkPort", new OfTenant(this::portsOf));
    handlers.put("Address", new OfTenant((view, place) -> addresses(view)));
    handlers.put("ProtocolSegment", new OfTenant(this::segments));
    handlers.put("ProtocolEndpoint", new OfTenant(this::endpoints));
    return handlers;
  }

  private View view(Caller caller) {
    Nets nets = new Nets(store, catalog, caller.tenant());
    List<Nic> nics =
        Wires.of(Dispatch.machines(store, caller.tenant()), nets).stream()
            .flatMap(wires -> wires.nics().stream())
            .toList();
    Map<String, Net> all = new LinkedHashMap<>();
    nets.known().forEach(net -> all.put(net.path(), net));
    nics.forEach(nic -> all.putIfAbsent(nic.net().path(), nic.net()));
    return new View(List.copyOf(all.values()), nics);
  }

  private List<Resource> networks(View view) {
    Set<String> reachable = new HashSet<>();
    for (Nic nic : view.nics()) {
      if (isReachable(nic)) reachable.add(nic.net().path());
    }
    return view.nets().stream()
        .filter(net -> !net.ordered())
        .map(net -> network(net, reachable.contains(net.path())))
        .toList();
  }

  /** A card that has a private address too got its public one from outside of its network. */
  private static boolean isReachable(Nic nic) {
    return Stream.of(".", ":")
        .map(sign -> nic.ips().stream().map(Ip::address).filter(ip -> ip.contains(sign)).toList())
        .anyMatch(alike -> !alike.isEmpty() && alike.stream().allMatch(Networks::isPublic));
  }

  private Resource network(Net net, boolean reachable) {
    ObjectNode attributes = named(net.name());
    boolean outside = net.told().map(told -> told.facts().outside()).orElse(reachable);
    attributes.put("state", "STARTED");
    attributes.put("networkType", outside ? "PUBLIC" : "PRIVATE");
    net.mtu().ifPresent(mtu -> attributes.put("mtu", mtu));
    attributes.put("account", net.account());
    net.told().ifPresent(told -> told(attributes, told));
    return resource(kinds.get("Network"), net.path(), attributes);
  }

  /** Where it is, how old that is, and how far it can be relied on. */
  private static void told(ObjectNode attributes, Network told) {
    told.facts().places().stream().sorted().forEach(attributes.withArray("locations")::add);
    learnt(attributes, told.learnt());
  }

  /** Who told it, when, and how far that can be relied on. */
  static void learnt(ObjectNode attributes, Catalog.Learnt learnt) {
    attributes.put("observed", learnt.observed().toString());
    attributes.put("source", learnt.source());
    attributes.put("confidence", learnt.confidence().name());
  }

  private List<Resource> ports(View view) {
    return view.nics().stream()
        .map(nic -> {
          ObjectNode attributes = named(nic.mac().isEmpty() ? nic.id() : nic.mac());
          attributes.put("state", "STARTED").put("portType", "ACCESS");
          attributes.set("network", reference(nic.net().path()));
          return resource(kinds.get("NetworkPort"), port(nic), attributes);
        })
        .toList();
  }

  /** The path of a card's port, 1.x. */
  static String port(Nic nic) {
    return "networkPorts/" + nic.id();
  }

  /** The ports of the network that the collection belongs to. */
  private List<Resource> portsOf(View view, Place place) {
    String network = place.owner().orElse("");
    return view.nics().stream()
        .filter(nic -> nic.net().path().equals(network))
        .map(nic -> {
          ObjectNode attributes = object();
          attributes.set("networkPort", reference(port(nic)));
          String id = network + "/networkPorts/" + nic.id();
          return resource(kinds.get("NetworkNetworkPort"), id, attributes);
        })
        .toList();
  }

  private List<Resource> addresses(View view) {
    List<Resource> all = new ArrayList<>();
    for (Nic nic : view.nics()) {
      nic.ips().forEach(ip -> all.add(address(nic, ip)));
    }
    return all;
  }

  private Resource address(Nic nic, Ip ip) {
    ObjectNode attributes = named(ip.address());
    attributes.put("ip", ip.address()).put("protocol", ip.protocol()).put("allocation", "dynamic");
    nic.net().subnets().stream()
        .filter(subnet -> subnet.protocol().equals("IPv4") && subnet.contains(ip.address()))
        .findFirst()
        .ifPresent(subnet -> attributes.put("mask", subnet.netmask()));
    attributes.set("network", reference(nic.net().path()));
    attributes.set("resource", reference(ip.machine()));
    return resource(kinds.get("Address"), "addresses/" + ip.id(), attributes);
  }

  /** All segments, or those of the network that the collection belongs to. */
  private List<Resource> segments(View view, Place place) {
    Map<String, Resource> all = new LinkedHashMap<>();
    for (Net net : view.nets()) {
      if (!within(place, net.path())) continue;
      ObjectNode ethernet = segment(net, "Ethernet");
      net.mtu().ifPresent(mtu -> parameters(ethernet).put("mtu", mtu.toString()));
      put(all, net.ethernet(), ethernet);
      for (Subnet subnet : net.subnets()) put(all, net.segment(subnet), segment(net, subnet));
    }
    for (Nic nic : view.nics()) {
      if (!within(place, nic.net().path())) continue;
      nic.ips().forEach(ip -> put(all, nic.net().segment(ip), segment(nic.net(), ip.protocol())));
    }
    return List.copyOf(all.values());
  }

  private void put(Map<String, Resource> all, String path, ObjectNode attributes) {
    all.putIfAbsent(path, resource(kinds.get("ProtocolSegment"), path, attributes));
  }

  private static ObjectNode segment(Net net, String protocol) {
    return named(net.name() + " " + protocol)
        .put("state", "STARTED")
        .put("protocol", protocol)
        .put("noDefaultRouting", false);
  }

  private static ObjectNode segment(Net net, Subnet subnet) {
    ObjectNode segment = segment(net, subnet.protocol());
    String first = subnet.address().getHostAddress();
    segment.put("name", net.name() + " " + first + "/" + subnet.prefix());
    ObjectNode parameters = parameters(segment).put("subnetAddress", first);
    if (subnet.protocol().equals("IPv4")) {
      parameters.put("netmask", subnet.netmask());
    } else {
      parameters.put("prefixLength", Integer.toString(subnet.prefix()));
    }
    return segment;
  }

  private static ObjectNode parameters(ObjectNode segment) {
    return segment.withObject("/parameters");
  }

  /** All endpoints, or those of the segment or interface that the collection belongs to. */
  private List<Resource> endpoints(View view, Place place) {
    List<Resource> all = new ArrayList<>();
    for (Nic nic : view.nics()) {
      if (!nic.mac().isEmpty() && belongs(place, nic, nic.net().ethernet())) {
        all.add(endpoint(nic, nic.id(), "Ethernet", nic.mac()));
      }
      for (Ip ip : nic.ips()) {
        if (belongs(place, nic, nic.net().segment(ip))) {
          all.add(endpoint(nic, ip.id(), ip.protocol(), ip.address()));
        }
      }
    }
    return all;
  }

  private static boolean belongs(Place place, Nic nic, String segment) {
    return within(place, nic.path2()) || within(place, segment);
  }

  private Resource endpoint(Nic nic, String id, String protocol, String address) {
    ObjectNode attributes = named(address);
    attributes.put("state", "ENABLED").put("protocol", protocol);
    attributes.put("address", address).put("origin", "DYNAMIC");
    attributes.set("interface", reference(nic.path2()));
    return resource(kinds.get("ProtocolEndpoint"), "endpoints/" + id, attributes);
  }

  private static boolean within(Place place, String owner) {
    return place.owner().map(owner::equals).orElse(true);
  }

  /** Literals only, so that no name is ever looked up. */
  private static boolean isPublic(String ip) {
    return Subnet.literal(ip)
        .filter(address ->
            !address.isSiteLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isAnyLocalAddress())
        .isPresent();
  }
}
