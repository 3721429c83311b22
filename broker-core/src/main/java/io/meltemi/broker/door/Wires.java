package io.meltemi.broker.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.store.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
  }

  /**
   * A network of an account.
   *
   * @param name as the provider calls it
   */
  record Net(String account, String name) {
    /** Stable, and of letters that a path bears. */
    String id() {
      byte[] words = (account + " " + name).getBytes(StandardCharsets.UTF_8);
      return UUID.nameUUIDFromBytes(words).toString();
    }

    String path() {
      return "networks/" + id();
    }

    String segment(String protocol) {
      return "segments/" + id() + "-" + protocol;
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
      return machine.substring(machine.lastIndexOf('/') + 1) + "-" + number;
    }
  }

  /** What the row shows; a machine that is nowhere has none. */
  static Wires of(Row machine) {
    String account = machine.inner().path("placed").path("account").asText();
    Map<String, Nic> nics = new LinkedHashMap<>();
    int number = 0;
    for (JsonNode each : machine.inner().path("addresses")) {
      number++;
      Net net = new Net(account, each.path("network").asText());
      String mac = each.path("mac").asText("");
      Nic nic =
          nics.computeIfAbsent(
              net.name() + " " + mac,
              none -> new Nic(machine.id(), nics.size() + 1, net, mac, new ArrayList<>()));
      nic.ips().add(new Ip(machine.id(), number, each.path("ip").asText()));
    }
    return new Wires(machine, List.copyOf(nics.values()));
  }

  static List<Wires> of(Collection<Row> machines) {
    return machines.stream().map(Wires::of).toList();
  }
}
