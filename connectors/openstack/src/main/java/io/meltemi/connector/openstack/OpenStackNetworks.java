package io.meltemi.connector.openstack;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.meltemi.connector.AddressRange;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Token;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.NetworkState;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Networks of a project: each with one range, and no router. */
final class OpenStackNetworks implements Networks {
  /** What is null is said. */
  private static final Gson JSON = new GsonBuilder().serializeNulls().create();

  private final Nova nova;
  private final Networking networking;
  private final Zones zones;
  private final Tags tags;
  private final Clock clock;

  OpenStackNetworks(Nova nova, Networking networking, Zones zones, Tags tags, Clock clock) {
    this.nova = nova;
    this.networking = networking;
    this.zones = zones;
    this.tags = tags;
    this.clock = clock;
  }

  /** A network without a range; {@link #finish} gives it one. */
  @Override
  public Handle create(NetworkOrder order, String location, Token token) {
    URI neutron = Faults.asking(networking::needed);
    if (order.cidr().filter(range -> AddressRange.parse(range).isEmpty()).isPresent()) {
      throw new ConnectorException(Fault.BAD_REQUEST, order.cidr().get() + " is no IPv4 range");
    }
    if (!Faults.asking(zones::ofMachines).contains(location)) {
      throw new ConnectorException(Fault.BAD_REQUEST, "no availability zone is called " + location);
    }
    Map<String, Object> network =
        Map.of(
            "name", OpenStackVolumes.named(order.name(), token), "description", tags.words(token));
    return new Handle(
        Faults.changing(() -> nova.neutron().createNetwork(neutron, Map.of("network", network)))
            .id());
  }

  @Override
  public void finish(Handle network, NetworkOrder order) {
    Optional<Neutron.Network> there = one(network).filter(this::isUnfinished);
    if (there.isEmpty()) return;
    Token token = tags.token(Tags.read(there.get().description())).orElseThrow();
    URI neutron = Faults.asking(networking::needed);
    Map<String, @Nullable Object> subnet = new HashMap<>();
    subnet.put("network_id", network.value());
    subnet.put("name", Objects.requireNonNullElse(there.get().name(), ""));
    subnet.put("description", tags.words(token));
    subnet.put("ip_version", 4);
    subnet.put("cidr", order.cidr().orElseGet(() -> free(neutron, network, token)));
    // A machine with a second card must not be told that the way out is here.
    subnet.put("gateway_ip", null);
    String body = JSON.toJson(Map.of("subnet", subnet));
    try {
      Faults.changing(() -> nova.neutron().createSubnet(neutron, body));
    } catch (ConnectorException e) {
      // One that was asked for before may have come meanwhile.
      if (one(network).filter(this::isUnfinished).isPresent()) throw e;
    }
  }

  /**
   * This network's own range does not count: the same one again is refused, another is one more.
   */
  private String free(URI neutron, Handle network, Token token) {
    Map<String, List<String>> ranges =
        new HashMap<>(Faults.asking(() -> networking.ranges(neutron)));
    ranges.remove(network.value());
    return AddressRange.free(token, ranges.values().stream().flatMap(List::stream).toList())
        .toString();
  }

  /** Ours, and without a range. */
  private boolean isUnfinished(Neutron.Network network) {
    return tags.token(Tags.read(network.description())).isPresent() && network.subnets().isEmpty();
  }

  private Optional<Neutron.Network> one(Handle network) {
    URI neutron = Faults.asking(networking::present);
    return Faults.asking(
        () -> Optional.ofNullable(nova.neutron().network(neutron, network.value())));
  }

  @Override
  public List<Handle> find(Token token) {
    URI neutron = Faults.asking(networking::present);
    return Faults.asking(() -> networking.made(neutron)).stream()
        .filter(network -> tags.bears(Tags.read(network.description()), token))
        .map(network -> new Handle(network.id()))
        .toList();
  }

  @Override
  public List<NetworkObservation> list() {
    Optional<URI> neutron = Faults.asking(nova::networking);
    List<Neutron.Network> ours =
        Faults.asking(() -> neutron.map(networking::made).orElse(List.of()));
    if (ours.isEmpty()) return List.of();
    Map<String, List<String>> ranges = Faults.asking(() -> networking.ranges(networking.needed()));
    return ours.stream()
        .map(network -> observe(network, ranges.getOrDefault(network.id(), List.of())))
        .toList();
  }

  @Override
  public Optional<NetworkObservation> read(Handle network) {
    return one(network)
        .map(seen ->
            observe(
                seen,
                seen.subnets().isEmpty()
                    ? List.of()
                    : Faults.asking(() -> networking.ranges(networking.needed(), seen.id()))));
  }

  private NetworkObservation observe(Neutron.Network network, List<String> ranges) {
    return new NetworkObservation(
        new Handle(network.id()),
        tags.token(Tags.read(network.description())),
        state(network),
        Optional.empty(),
        Objects.requireNonNullElse(network.name(), ""),
        network.mtu() == null ? OptionalLong.empty() : OptionalLong.of(network.mtu()),
        ranges,
        clock.instant());
  }

  private static NetworkState state(Neutron.Network network) {
    if ("ERROR".equals(network.status())) return NetworkState.ERROR;
    boolean building = network.subnets().isEmpty() || "BUILD".equals(network.status());
    return building ? NetworkState.CREATING : NetworkState.STARTED;
  }

  /** Neutron takes the range along, and refuses as long as a machine is in it. */
  @Override
  public void delete(Handle network) {
    URI neutron = Faults.asking(networking::present);
    Faults.changing(() -> nova.neutron().deleteNetwork(neutron, network.value()));
  }
}
