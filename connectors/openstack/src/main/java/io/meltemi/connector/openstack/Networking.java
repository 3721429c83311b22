package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Inventory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jclouds.openstack.v2_0.options.PaginationOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of the account's region, where the catalogue has any. */
final class Networking {
  private static final Logger LOG = LoggerFactory.getLogger(Networking.class);
  private static final int PAGE = 1000;

  private final Nova nova;

  Networking(Nova nova) {
    this.nova = nova;
  }

  /** Those that the project may see; none where nobody answers: machines go on. */
  List<Inventory.Network> now() {
    try {
      return Faults.asking(() -> nova.networking().map(this::all).orElse(List.of()));
    } catch (ConnectorException e) {
      LOG.warn("no networks are shown: the networking service says {}", e.getMessage());
      return List.of();
    }
  }

  private List<Inventory.Network> all(URI neutron) {
    Map<String, List<String>> ranges = ranges(neutron);
    Optional<String> own =
        Optional.ofNullable(nova.neutron().tenant(neutron)).map(Neutron.Tenant::id);
    return networks(neutron).stream()
        .filter(network -> isSeen(network, own))
        .map(network -> network(network, ranges.getOrDefault(network.id(), List.of())))
        .sorted(Comparator.comparing(Inventory.Network::id))
        .toList();
  }

  private static boolean isSeen(Neutron.Network network, Optional<String> own) {
    return network.shared()
        || network.external()
        || own.map(project -> project.equals(network.tenant())).orElse(true);
  }

  /** Nova takes nobody into a network without addresses, nor into one that is only beyond. */
  private static Inventory.Network network(Neutron.Network network, List<String> ranges) {
    return new Inventory.Network(
        network.id(),
        Objects.requireNonNullElse(network.name(), ""),
        network.external(),
        !ranges.isEmpty() && (network.shared() || !network.external()),
        network.mtu() == null ? OptionalLong.empty() : OptionalLong.of(network.mtu()),
        ranges,
        Set.of());
  }

  private List<Neutron.Network> networks(URI neutron) {
    return Pages.all(
        "networks",
        Neutron.Network::id,
        last -> {
          Neutron.NetworkPage read = nova.neutron().networks(neutron, after(last));
          return new Pages.Part<>(read.networks(), Link.onward(read.links()));
        });
  }

  /** Ranges of addresses by network. */
  private Map<String, List<String>> ranges(URI neutron) {
    List<Neutron.Subnet> subnets =
        Pages.all(
            "subnets",
            Neutron.Subnet::id,
            last -> {
              Neutron.SubnetPage read = nova.neutron().subnets(neutron, after(last));
              return new Pages.Part<>(read.subnets(), Link.onward(read.links()));
            });
    Map<String, List<String>> ranges = new HashMap<>();
    subnets.stream()
        .sorted(Comparator.comparing(Neutron.Subnet::cidr))
        .forEach(subnet ->
            ranges.computeIfAbsent(subnet.network(), none -> new ArrayList<>()).add(subnet.cidr()));
    return ranges;
  }

  private static PaginationOptions after(Optional<String> last) {
    PaginationOptions options = new PaginationOptions().limit(PAGE);
    return last.map(options::marker).orElse(options);
  }
}
