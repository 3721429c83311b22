package io.meltemi.broker.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.catalog.Network;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Confidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * The networks that a tenant sees: those that it ordered, and those that its accounts show. What
 * only machines show is a network of its own name.
 */
final class Nets {
  private final List<Net> known = new ArrayList<>();
  private final Map<String, List<Net>> byName = new HashMap<>();

  /** Its own, and those of the accounts that serve the tenant. */
  Nets(Store store, Catalog catalog, String tenant) {
    ordered(store, tenant).forEach(row -> ordered(row).ifPresent(this::add));
    for (Network network : catalog.networks(tenant)) {
      add(
          new Net(
              network.path(),
              network.account(),
              network.facts().name(),
              false,
              Optional.of(network)));
    }
  }

  private void add(Net net) {
    known.add(net);
    String name = net.told().map(told -> told.facts().name()).orElse(net.name());
    byName.computeIfAbsent(key(net.account(), name), none -> new ArrayList<>()).add(net);
  }

  /** Rows of the networks that a tenant ordered. */
  static List<Row> ordered(Store store, String tenant) {
    return store
        .list(
            tenant,
            NetworkHandler.KIND,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            0,
            Integer.MAX_VALUE)
        .rows();
  }

  /** Empty for one that is nowhere. */
  private static Optional<Net> ordered(Row row) {
    return Placed.of(row)
        .map(placed ->
            new Net(
                row.id(),
                placed.account(),
                row.name(),
                true,
                placed.handle().map(handle -> told(row, placed, handle))));
  }

  private static Network told(Row row, Placed placed, Handle handle) {
    JsonNode mtu = row.document().path("mtu");
    Inventory.Network facts =
        new Inventory.Network(
            handle.value(),
            row.inner().path("providerName").asText(row.name()),
            false,
            true,
            mtu.isNumber() ? OptionalLong.of(mtu.asLong()) : OptionalLong.empty(),
            row.inner().path("subnets").valueStream().map(JsonNode::asText).toList(),
            Set.of());
    Catalog.Learnt learnt = new Catalog.Learnt("", row.updated(), Confidence.CONFIRMED);
    return new Network(placed.account(), facts, learnt);
  }

  private static String key(String account, String name) {
    return account + " " + name;
  }

  /**
   * A network of an account.
   *
   * @param path ours of it
   * @param name for people
   * @param ordered true when a row of its own tells of it
   * @param told what its provider tells of it
   */
  record Net(String path, String account, String name, boolean ordered, Optional<Network> told) {
    private Optional<Inventory.Network> facts() {
      return told.map(Network::facts);
    }

    List<Subnet> subnets() {
      return facts()
          .map(facts -> facts.subnets().stream().flatMap(it -> Subnet.parse(it).stream()).toList())
          .orElse(List.of());
    }

    boolean holds(String address) {
      return subnets().stream().anyMatch(subnet -> subnet.contains(address));
    }

    private boolean isOneOf(Set<String> ids) {
      return facts().filter(facts -> ids.contains(facts.id())).isPresent();
    }

    private boolean isAt(String location) {
      return facts().filter(facts -> facts.places().contains(location)).isPresent();
    }

    Optional<Long> mtu() {
      return facts().filter(facts -> facts.mtu().isPresent()).map(facts -> facts.mtu().getAsLong());
    }

    /** Where its hardware addresses are. */
    String ethernet() {
      return segment("Ethernet");
    }

    /** Where that address is: a range that the provider tells, or all addresses of its sort. */
    String segment(Wires.Ip ip) {
      return subnets().stream()
          .filter(subnet -> subnet.contains(ip.address()))
          .findFirst()
          .map(this::segment)
          .orElseGet(() -> segment(ip.protocol()));
    }

    String segment(Subnet subnet) {
      return segment(subnet.inPath());
    }

    String segment(String last) {
      return "segments/" + path.substring(path.indexOf('/') + 1) + "-" + last;
    }
  }

  /** All that were ordered, and all that accounts show. */
  List<Net> known() {
    return List.copyOf(known);
  }

  Optional<Net> at(String path) {
    return known.stream().filter(net -> net.path().equals(path)).findFirst();
  }

  /**
   * The network of a machine's address. Several may have the name by which its provider calls it:
   * the range, the order and the place tell them apart.
   *
   * @param chosen the provider's ids of those that its order named
   * @param location where the machine is
   */
  Net of(String account, String name, String address, Set<String> chosen, String location) {
    return byName.getOrDefault(key(account, name), List.of()).stream()
        .max(
            Comparator.<Net, Boolean>comparing(net -> net.holds(address))
                .thenComparing(net -> net.isOneOf(chosen))
                .thenComparing(net -> net.isAt(location)))
        .orElseGet(() -> new Net(path(account, name), account, name, false, Optional.empty()));
  }

  private static String path(String account, String name) {
    return "networks/" + UUID.nameUUIDFromBytes(key(account, name).getBytes(UTF_8));
  }
}
