package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.door.Nets.Net;
import io.meltemi.broker.store.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The networking of a machine as its provider shows it: addresses, the interfaces that hold them
 * and the networks behind. Everything has a derived id; nothing is stored twice.
 */
record Wires(Row machine, List<Nic> nics) {
  /**
   * A network card.
   *
   * @param number from 1, in the order of the provider
   * @param mac empty when unknown
   */
  record Nic(String machine, int number, Net net, String mac, List<Ip> ips) {
    String path1() {
      return machine + "/networkInterfaces/" + number;
    }

    String path2() {
      return machine + "/interfaces/" + number;
    }

    /** The last segment of its path as NetworkPort, and as the endpoint of its mac. */
    String id() {
      return last(machine) + "-nic" + number;
    }
  }

  /**
   * An address of a machine.
   *
   * @param number among all addresses of the machine, from 1
   */
  record Ip(String machine, int number, String address) {
    String protocol() {
      return address.indexOf(':') >= 0 ? "IPv6" : "IPv4";
    }

    /** The last segment of its path as Address and as ProtocolEndpoint. */
    String id() {
      return last(machine) + "-" + number;
    }
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** What the row shows; a machine that is nowhere has none. */
  static Wires of(Row machine, Nets nets) {
    JsonNode placed = machine.inner().path("placed");
    String account = placed.path("account").asText();
    String location = placed.path("location").asText();
    Set<String> chosen =
        placed.path("networks").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    Function<JsonNode, Net> net =
        each -> nets.of(account, each.path("network").asText(), ip(each), chosen, location);
    Map<String, Net> byCard = new HashMap<>();
    for (JsonNode each : machine.inner().path("addresses")) {
      Net there = net.apply(each);
      byCard.merge(card(each, there), there, (one, other) -> other.holds(ip(each)) ? other : one);
    }
    Map<String, Nic> nics = new LinkedHashMap<>();
    int number = 0;
    for (JsonNode each : machine.inner().path("addresses")) {
      number++;
      String card = card(each, net.apply(each));
      Net in = Objects.requireNonNull(byCard.get(card));
      Nic nic =
          nics.computeIfAbsent(
              card,
              none -> new Nic(machine.id(), nics.size() + 1, in, mac(each), new ArrayList<>()));
      nic.ips().add(new Ip(machine.id(), number, ip(each)));
    }
    return new Wires(machine, List.copyOf(nics.values()));
  }

  private static String ip(JsonNode address) {
    return address.path("ip").asText();
  }

  private static String mac(JsonNode address) {
    return address.path("mac").asText("");
  }

  /** What tells cards apart: a floating address is in no range of its card's network. */
  private static String card(JsonNode address, Net net) {
    return mac(address).isEmpty() ? net.path() : mac(address);
  }

  static List<Wires> of(Collection<Row> machines, Nets nets) {
    return machines.stream().map(machine -> of(machine, nets)).toList();
  }
}
