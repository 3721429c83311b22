package io.meltemi.connector.scripted;

import io.meltemi.connector.AddressRange;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.NetworkState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The networks that were made in the world and the rules by which they change. */
final class Patchboard {
  private CloudScript script;
  private final World world;
  private final Map<String, ScriptedNetwork> networks = new LinkedHashMap<>();

  Patchboard(CloudScript script, World world) {
    this.script = script;
    this.world = world;
  }

  void follow(CloudScript next) {
    script = next;
  }

  List<ScriptedNetwork> networks() {
    return List.copyOf(networks.values());
  }

  void restore(List<ScriptedNetwork> kept) {
    kept.forEach(network -> networks.put(network.id(), network));
  }

  /** Lets happen what is due. */
  void settle(Instant now) {
    for (ScriptedNetwork network : networks()) {
      if (network.until().filter(end -> !end.isAfter(now)).isEmpty()) continue;
      if (network.state() == NetworkState.DELETING) {
        remove(network.id());
      } else {
        NetworkState end = network.reason().isPresent() ? NetworkState.ERROR : NetworkState.STARTED;
        put(network.becomes(end, Optional.empty()));
      }
    }
  }

  String create(Change.CreateNetwork asked, Instant now) {
    CloudScript.Place place =
        script
            .place(asked.place())
            .orElseThrow(() -> Judge.bad("there is no place " + asked.place()));
    if (!place.abilities().contains(Capability.NETWORK_CREATE)) {
      throw new ConnectorException(
          Fault.UNSUPPORTED, "NETWORK_CREATE is not offered at " + asked.place());
    }
    Optional<String> wanted = asked.subnet().map(Patchboard::read);
    boolean ranges = place.abilities().contains(Capability.NETWORK_RANGE);
    if (wanted.isPresent() && !ranges) {
      throw new ConnectorException(
          Fault.UNSUPPORTED, "NETWORK_RANGE is not offered at " + asked.place());
    }
    long limit = script.networkLimit().networks();
    if (networks.size() >= limit) {
      throw new ConnectorException(Fault.QUOTA, "quota of networks is " + limit + ", all are used");
    }
    String id = world.newId("n");
    Optional<String> subnet = ranges ? wanted.or(() -> Optional.of(free(id))) : wanted;
    put(
        new ScriptedNetwork(
            id,
            asked,
            subnet,
            NetworkState.CREATING,
            Optional.of(now.plus(script.delay("createNetwork"))),
            Optional.empty()));
    return id;
  }

  private static String read(String subnet) {
    return AddressRange.parse(subnet)
        .map(AddressRange::toString)
        .orElseThrow(() -> Judge.bad(subnet + " is no range of IPv4 addresses"));
  }

  private String free(String id) {
    List<String> taken =
        Stream.concat(
                script.networks().stream().flatMap(network -> network.subnets().stream()),
                networks.values().stream().flatMap(network -> network.subnet().stream()))
            .toList();
    return AddressRange.free(new Token(id), taken).toString();
  }

  String delete(Change.DeleteNetwork asked, Instant now) {
    Optional<ScriptedNetwork> network = network(asked.network());
    if (network.isEmpty() || network.get().state() == NetworkState.DELETING) {
      return asked.network();
    }
    world.machines().stream()
        .filter(machine -> machine.request().networks().contains(asked.network()))
        .findFirst()
        .ifPresent(machine -> {
          throw Judge.bad("machine " + machine.id() + " is in network " + asked.network());
        });
    Instant over = now.plus(script.delay("deleteNetwork"));
    put(network.get().becomes(NetworkState.DELETING, Optional.of(over)));
    return asked.network();
  }

  /** An accepted network will end in ERROR. */
  void endBadly(String id, String reason) {
    network(id)
        .map(network -> network.because(reason))
        .ifPresent(network ->
            put(
                network.until().isPresent()
                    ? network
                    : network.becomes(NetworkState.ERROR, Optional.empty())));
  }

  private void put(ScriptedNetwork network) {
    networks.put(network.id(), network);
    world.changed();
  }

  void remove(String id) {
    if (networks.remove(id) != null) world.changed();
  }

  Optional<ScriptedNetwork> network(String id) {
    return Optional.ofNullable(networks.get(id));
  }

  /** A network that cards can be in: one of the script, or one that was made and is ready. */
  Optional<Inventory.Network> joined(String id) {
    return script
        .network(id)
        .or(() ->
            network(id)
                .filter(network -> network.state() == NetworkState.STARTED)
                .map(ScriptedNetwork::facts));
  }
}
