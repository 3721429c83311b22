package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.NetworkAmount;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jclouds.openstack.v2_0.options.PaginationOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of the account's region, where the catalogue has any. */
final class Networking {
  private static final Logger LOG = LoggerFactory.getLogger(Networking.class);
  private static final int PAGE = 1000;

  private final Nova nova;
  private final Tags tags;
  private final AtomicBoolean refusalTold = new AtomicBoolean();
  private volatile Inventory.Networking lastTold = Inventory.Networking.UNTOLD;
  private volatile Optional<String> project = Optional.empty();
  private final SideService service = new SideService();

  Networking(Nova nova, Tags tags) {
    this.nova = nova;
    this.tags = tags;
  }

  /**
   * What there is of networks.
   *
   * @param shown those that no broker of this account made
   * @param choice true when machines' cards can be in one of them
   * @param create true when one can be made
   * @param ordered true when the project has some that a broker made
   * @param lending true when machines can be lent floating addresses
   * @param quota of networks, ports and floating addresses
   * @param project id of the account's project
   */
  record Found(
      List<Inventory.Network> shown,
      boolean choice,
      boolean create,
      boolean ordered,
      boolean lending,
      Inventory.Networking quota,
      Optional<String> project) {
    private static final Found NOTHING =
        new Found(
            List.of(), false, false, false, false, Inventory.Networking.UNTOLD, Optional.empty());
  }

  /** Where neutron answers. */
  URI needed() {
    return nova.networking()
        .orElseThrow(() ->
            new ConnectorException(
                Fault.UNSUPPORTED,
                "the catalogue has no network service in the region " + nova.region()));
  }

  /** The same for what was made: a catalogue without the service says nothing about it. */
  URI present() {
    return nova.networking()
        .orElseThrow(() ->
            new ConnectorException(
                Fault.TRANSIENT,
                "the catalogue has no network service now in the region " + nova.region()));
  }

  /**
   * Those that the project may see; none where nobody answers: machines go on.
   *
   * @throws ConnectorException the first time that neutron asks for a pause: it is there
   */
  Found now() {
    Optional<URI> neutron = nova.networking();
    return neutron.isEmpty()
        ? Found.NOTHING
        : service.told(() -> withAddresses(neutron.get()), Networking::without);
  }

  private static Found without(ConnectorException failure) {
    LOG.warn("no networks are shown: the networking service says {}", failure.getMessage());
    return Found.NOTHING;
  }

  private Found all(URI neutron) {
    Map<String, List<String>> ranges = Faults.askingTwice(() -> ranges(neutron));
    Optional<String> own = Faults.askingTwice(() -> own(neutron));
    List<Neutron.Network> seen =
        Faults.askingTwice(() -> networks(neutron)).stream()
            .filter(network -> isSeen(network, own))
            .toList();
    List<Inventory.Network> shown =
        seen.stream()
            .filter(network -> !Tags.anybodys(Tags.read(network.description())))
            .map(network -> network(network, ranges.getOrDefault(network.id(), List.of())))
            .sorted(Comparator.comparing(Inventory.Network::id))
            .toList();
    boolean open = shown.stream().anyMatch(Inventory.Network::open);
    return new Found(
        shown, open, true, shown.size() < seen.size(), false, Inventory.Networking.UNTOLD, own);
  }

  /** Addresses are lent where there is a network beyond and neutron routes. */
  private Found withAddresses(URI neutron) {
    Found found = all(neutron);
    boolean lending =
        found.shown().stream().anyMatch(Inventory.Network::outside)
            && Faults.askingTwice(() -> lends(neutron));
    return new Found(
        found.shown(),
        found.choice(),
        found.create(),
        found.ordered(),
        lending,
        found.project().map(project -> quota(neutron, project)).orElse(Inventory.Networking.UNTOLD),
        found.project());
  }

  private boolean lends(URI neutron) {
    return nova.neutron().floatingIps(neutron, new PaginationOptions().limit(1)) != null;
  }

  /**
   * A cloud may keep it from its users; then it is told by a refusal only. Where only no answer
   * came, it is what it was.
   */
  private Inventory.Networking quota(URI neutron, String project) {
    try {
      lastTold =
          Faults.asking(() -> Optional.ofNullable(nova.neutron().quota(neutron, project)))
              .map(Networking::told)
              .orElse(Inventory.Networking.UNTOLD);
    } catch (ConnectorException e) {
      if (e.fault() == Fault.TRANSIENT) {
        LOG.warn("the quota of networks is taken for what it was: {}", e.getMessage());
      } else {
        lastTold = Inventory.Networking.UNTOLD;
        if (!refusalTold.getAndSet(true)) {
          LOG.warn("no quota of networks is told, which is said once: {}", e.getMessage());
        }
      }
    }
    return lastTold;
  }

  static Inventory.Networking told(Neutron.Quota quota) {
    return new Inventory.Networking(each(quota, Networking::limit), each(quota, Networking::used));
  }

  private static NetworkAmount each(Neutron.Quota quota, ToLongFunction<Optional<Neutron.Use>> of) {
    return new NetworkAmount(
        of.applyAsLong(Optional.ofNullable(quota.networks())),
        of.applyAsLong(Optional.ofNullable(quota.subnets())),
        of.applyAsLong(Optional.ofNullable(quota.ports())),
        of.applyAsLong(Optional.ofNullable(quota.floatingIps())));
  }

  private static long limit(Optional<Neutron.Use> use) {
    return use.map(Neutron.Use::limit).filter(limit -> limit >= 0).orElse(Long.MAX_VALUE);
  }

  private static long used(Optional<Neutron.Use> use) {
    return use.map(it -> it.used() + it.reserved()).orElse(0L);
  }

  /** Ids of the networks from which addresses may be lent. */
  List<String> outside(URI neutron) {
    return networks(neutron).stream()
        .filter(Neutron.Network::external)
        .map(Neutron.Network::id)
        .sorted()
        .toList();
  }

  /** The floating addresses of the project that were lent through this account. */
  List<Neutron.FloatingIp> lent(URI neutron) {
    List<Neutron.FloatingIp> ours =
        floatingIps(neutron).stream()
            .filter(address -> tags.token(Tags.read(address.description())).isPresent())
            .toList();
    if (ours.isEmpty()) return ours;
    Optional<String> own = own(neutron);
    return ours.stream().filter(address -> isOwn(own, address.tenant())).toList();
  }

  private List<Neutron.FloatingIp> floatingIps(URI neutron) {
    return Pages.all(
        "floatingips",
        Neutron.FloatingIp::id,
        last -> {
          Neutron.FloatingIpPage read = nova.neutron().floatingIps(neutron, after(last));
          return read == null
              ? new Pages.Part<>(List.of(), false)
              : new Pages.Part<>(read.addresses(), Link.onward(read.links()));
        });
  }

  private static boolean isOwn(Optional<String> own, @Nullable String tenant) {
    return own.map(project -> project.equals(tenant)).orElse(true);
  }

  private boolean isOurs(Neutron.Network network) {
    return tags.token(Tags.read(network.description())).isPresent();
  }

  /**
   * The networks of a machine whose order names none: the only one that nobody ordered here, for
   * nova would refuse to choose, or choose an ordered one. So what one tenant orders changes
   * nothing for the others. Where there are several, or none at all, nova decides.
   *
   * @throws ConnectorException with UNSUPPORTED where there are only ordered ones
   */
  List<String> unnamed() {
    Found found = Faults.asking(nova::networking).map(this::all).orElse(Found.NOTHING);
    List<String> open =
        found.shown().stream().filter(Inventory.Network::open).map(Inventory.Network::id).toList();
    if (open.isEmpty() && found.ordered()) {
      throw new ConnectorException(
          Fault.UNSUPPORTED,
          "the project has no network but those that were ordered; name one in the order");
    }
    return open.size() == 1 ? open : List.of();
  }

  /**
   * What was ordered through this account: networks of its project with our words, which all their
   * ranges have too, for a description can be copied.
   */
  List<Neutron.Network> made(URI neutron) {
    List<Neutron.Network> ours = networks(neutron).stream().filter(this::isOurs).toList();
    if (ours.isEmpty()) return List.of();
    Optional<String> own = own(neutron);
    Map<String, List<Neutron.Subnet>> subnets =
        subnets(neutron).stream().collect(Collectors.groupingBy(Neutron.Subnet::network));
    return ours.stream()
        .filter(network -> isOwn(own, network.tenant()))
        .filter(network ->
            subnets.getOrDefault(network.id(), List.of()).stream()
                .allMatch(subnet -> Objects.equals(subnet.description(), network.description())))
        .toList();
  }

  /** Id of the project of the log-in; asked for until it was told once. */
  private Optional<String> own(URI neutron) {
    if (project.isEmpty()) {
      project = Optional.ofNullable(nova.neutron().tenant(neutron)).map(Neutron.Tenant::id);
    }
    return project;
  }

  private static boolean isSeen(Neutron.Network network, Optional<String> own) {
    return network.shared() || network.external() || isOwn(own, network.tenant());
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

  List<Neutron.Network> networks(URI neutron) {
    return Pages.all(
        "networks",
        Neutron.Network::id,
        last -> {
          Neutron.NetworkPage read = nova.neutron().networks(neutron, after(last));
          return new Pages.Part<>(read.networks(), Link.onward(read.links()));
        });
  }

  /** Ranges of addresses by network. */
  Map<String, List<String>> ranges(URI neutron) {
    Map<String, List<String>> ranges = new HashMap<>();
    subnets(neutron).stream()
        .sorted(Comparator.comparing(Neutron.Subnet::cidr))
        .forEach(subnet ->
            ranges.computeIfAbsent(subnet.network(), none -> new ArrayList<>()).add(subnet.cidr()));
    return ranges;
  }

  private List<Neutron.Subnet> subnets(URI neutron) {
    return Pages.all(
        "subnets",
        Neutron.Subnet::id,
        last -> {
          Neutron.SubnetPage read = nova.neutron().subnets(neutron, after(last));
          return new Pages.Part<>(read.subnets(), Link.onward(read.links()));
        });
  }

  /** Ranges of addresses of one network. */
  List<String> ranges(URI neutron, String network) {
    return nova.neutron().subnetsOf(neutron, network).subnets().stream()
        .map(Neutron.Subnet::cidr)
        .sorted()
        .toList();
  }

  private static PaginationOptions after(Optional<String> last) {
    PaginationOptions options = new PaginationOptions().limit(PAGE);
    return last.map(options::marker).orElse(options);
  }
}
