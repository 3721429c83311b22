package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.vsphere.Scope.Ground;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Distributed port groups: the switch where new ones go, whose they are, what they carry. */
final class PortGroups {
  private static final String HOME = "config.distributedVirtualSwitch";
  private static final String PORTS = "config.defaultPortConfig";
  private static final String TYPE = "DistributedVirtualPortgroup";

  private static final Set<String> NEEDED =
      Set.of("DVPortgroup.Create", "DVPortgroup.Modify", "DVPortgroup.Delete", "Network.Assign");

  /** The vCenter counts its objects. */
  private static final Comparator<Ref> OLDEST_FIRST =
      Comparator.comparingInt((Ref ref) -> ref.value().length()).thenComparing(Ref::value);

  private final VCenter vcenter;
  private final VSphereSettings settings;
  private final Scope scope;
  private final Identity identity;

  PortGroups(VCenter vcenter, VSphereSettings settings, Scope scope, Identity identity) {
    this.vcenter = vcenter;
    this.settings = settings;
    this.scope = scope;
    this.identity = identity;
  }

  /**
   * The switch on which networks are made.
   *
   * @param hosts that are connected to it
   */
  record Home(Ref ref, String name, Set<Ref> hosts) {
    boolean reaches(Clusters.Cluster cluster) {
      return cluster.hosts().stream().allMatch(host -> hosts.contains(host.ref()));
    }
  }

  /**
   * A port group that this account's broker made.
   *
   * @param home its switch
   */
  record Made(Ref ref, Ref home, Handle handle, MarkedName name) {}

  /**
   * A port group of a switch, whoever made it; none by which the switch is connected itself.
   *
   * @param version of its configuration
   */
  record Group(Ref ref, String name, String version, List<VlanRange> carried) {
    boolean carries(int vlan) {
      return carried.stream().anyMatch(range -> range.holds(vlan));
    }

    /** Empty where it carries several. */
    private OptionalInt vlan() {
      return carried.size() == 1 && carried.getFirst().first() == carried.getFirst().last()
          ? OptionalInt.of(carried.getFirst().first())
          : OptionalInt.empty();
    }
  }

  /** Another port group that had the VLAN first. */
  record Rival(int vlan, String name) {}

  /** Empty where none is given, or the one that is given is not shown. */
  Optional<Home> home(Ground ground) {
    return settings
        .newNetworks()
        .flatMap(made -> Scope.below(vcenter, ground.networks(), made.home()))
        .filter(ref -> ref.type().endsWith("DistributedVirtualSwitch"))
        .flatMap(ref ->
            vcenter
                .readIfThere(
                    Walk.from(ref).note("DistributedVirtualSwitch", "name", "summary.hostMember"))
                .stream()
                .findFirst())
        .map(facts ->
            new Home(
                facts.ref(), facts.text("name"), Set.copyOf(facts.refs("summary.hostMember"))));
  }

  /** Whether the account may do there what networks take. */
  boolean allowed(Home home) {
    return vcenter.privileges(home.ref(), NEEDED).containsAll(NEEDED);
  }

  List<Made> ours() {
    return scope.on(ground ->
        vcenter
            .read(
                Walk.from(ground.datacenter(), new Step("Datacenter", "network"))
                    .note(TYPE, "name", HOME))
            .stream()
            .flatMap(facts -> made(facts).stream())
            .toList());
  }

  /** More than one where a creation was repeated under another name. */
  List<Made> of(Handle handle) {
    return ours().stream().filter(group -> group.handle().equals(handle)).toList();
  }

  private Optional<Made> made(Facts facts) {
    Optional<Ref> home = facts.get(HOME).map(Element::ref);
    return home.flatMap(known ->
        named(facts.text("name"), identity)
            .map(name ->
                new Made(
                    facts.ref(),
                    known,
                    identity.handle(Identity.Kind.NETWORK, name.token()),
                    name)));
  }

  /** What a port group of that name is, if the broker of this identity made it. */
  static Optional<MarkedName> named(String name, Identity identity) {
    return MarkedName.read(Identity.unescaped(name), identity, Identity.Kind.NETWORK);
  }

  /** True when a broker made it, be it ours or another. */
  static boolean anybodys(String name, String description) {
    return SnapshotMark.account(description)
        .flatMap(account -> named(name, new Identity(account)))
        .isPresent();
  }

  /** All of a switch, as far as they are shown to the account. */
  List<Group> on(Ref home) {
    List<Facts> met =
        vcenter.readIfThere(
            Walk.from(home, new Step("DistributedVirtualSwitch", "portgroup"))
                .note(TYPE, "name", "tag", "config.configVersion", PORTS)
                .note("DistributedVirtualSwitch", "config.uplinkPortgroup"));
    return Networking.forMachines(met).stream()
        .map(facts ->
            new Group(
                facts.ref(),
                facts.text("name"),
                facts.text("config.configVersion"),
                facts.get(PORTS).map(VlanRange::carried).orElse(List.of())))
        .toList();
  }

  /** Of two with the same VLAN the younger gives way; empty where this one may keep its own. */
  static Optional<Rival> rival(Ref group, List<Group> all) {
    OptionalInt vlan = one(group, all).map(Group::vlan).orElse(OptionalInt.empty());
    if (vlan.isEmpty()) {
      return Optional.empty();
    }
    return all.stream()
        .filter(other -> OLDEST_FIRST.compare(other.ref(), group) < 0)
        .filter(other -> other.carries(vlan.getAsInt()))
        .min(Comparator.comparing(Group::ref, OLDEST_FIRST))
        .map(other -> new Rival(vlan.getAsInt(), other.name()));
  }

  static Optional<Group> one(Ref group, List<Group> all) {
    return all.stream().filter(each -> each.ref().equals(group)).findFirst();
  }

  /** The first that no port group carries. */
  static OptionalInt free(IntStream vlans, List<Group> all) {
    return vlans.filter(vlan -> all.stream().noneMatch(group -> group.carries(vlan))).findFirst();
  }
}
