package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.door.Nets.Net;
import io.meltemi.broker.store.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Set<String> chosen =
        placed.path("networks").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    Map<String, Nic> nics = new LinkedHashMap<>();
    int number = 0;
    for (JsonNode each : machine.inner().path("addresses")) {
      number++;
      String ip = each.path("ip").asText();
      Net net = nets.of(account, each.path("network").asText(), ip, chosen);
      String mac = each.path("mac").asText("");
      Nic nic =
          nics.computeIfAbsent(
              net.path() + " " + mac,
              none -> new Nic(machine.id(), nics.size() + 1, net, mac, new ArrayList<>()));
      nic.ips().add(new Ip(machine.id(), number, ip));
    }
    return new Wires(machine, List.copyOf(nics.values()));
  }

  static List<Wires> of(Collection<Row> machines, Nets nets) {
    return machines.stream().map(machine -> of(machine, nets)).toList();
  }
}
