package io.meltemi.connector.vsphere;

import io.meltemi.connector.AddressRange;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.NetworkObservation;
import io.meltemi.connector.Networks;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.Builds.Build;
import io.meltemi.connector.vsphere.PortGroups.Group;
import io.meltemi.connector.vsphere.PortGroups.Home;
import io.meltemi.connector.vsphere.PortGroups.Made;
import io.meltemi.connector.vsphere.PortGroups.Rival;
import io.meltemi.connector.vsphere.Scope.Ground;
import io.meltemi.connector.vsphere.VSphereSettings.NewNetworks;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VCenter.Undertaking;
import io.meltemi.connector.vsphere.vim.VimFault;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.NetworkState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Distributed port groups as networks, each with a VLAN of its own. A vCenter gives out no VLANs:
 * ours are the lowest that no port group of the switch carries, one at a time. Where two brokers
 * take the same one at the same moment, the younger port group is not finished, and gets another.
 */
final class VSphereNetworks implements Networks {
  private static final int PORTS = 8;

  private final VCenter vcenter;
  private final VSphereSettings settings;
  private final Scope scope;
  private final Clusters clusters;
  private final Identity identity;
  private final PortGroups groups;
  private final Builds builds;
  private final Clock clock;
  private final ReentrantLock choosing = new ReentrantLock();

  VSphereNetworks(VCenter vcenter, VSphereSettings settings, Workshop workshop, Clock clock) {
    this.vcenter = vcenter;
    this.settings = settings;
    this.clock = clock;
    scope = workshop.scope();
    clusters = workshop.clusters();
    identity = workshop.identity();
    groups = workshop.portGroups();
    builds = workshop.builds();
  }

  @Override
  public Handle create(NetworkOrder order, String location, Token token) {
    VlanRange vlans = making().vlans();
    order.cidr().ifPresent(VSphereNetworks::refuse);
    Handle handle = identity.handle(Identity.Kind.NETWORK, token);
    return scope.on(ground -> {
      Home home = home(ground, location);
      choosing.lock();
      try {
        int vlan =
            PortGroups.free(vlans.upwards(), groups.on(home.ref()))
                .orElseThrow(() -> none(vlans, home.name()));
        Ref task =
            vcenter.begin(home.ref(), Undertaking.ADD_PORT_GROUP, group(order.name(), token, vlan));
        builds.begun(new Build(handle, Identity.Kind.NETWORK, token, task, order.name()));
        return handle;
      } finally {
        choosing.unlock();
      }
    });
  }

  private NewNetworks making() {
    return settings
        .newNetworks()
        .orElseThrow(() -> unsupported("the account has no switch and VLANs for new networks"));
  }

  private static void refuse(String range) {
    if (AddressRange.parse(range).isEmpty()) {
      throw wrong(range + " is no IPv4 range");
    }
    throw unsupported("a port group has no range of addresses; order the network without one");
  }

  private Home home(Ground ground, String location) {
    Home home =
        groups
            .home(ground)
            .orElseThrow(
                () -> unsupported("the datacenter shows no distributed switch " + making().home()));
    boolean reached =
        clusters
            .named(ground.datacenter(), location)
            .map(home::reaches)
            .orElseThrow(() -> wrong("no cluster is called " + location));
    if (!reached) {
      throw unsupported("not all hosts of %s are on %s".formatted(location, home.name()));
    }
    return home;
  }

  private static ConnectorException none(VlanRange vlans, String home) {
    return new ConnectorException(
        Fault.CAPACITY, "no VLAN of %s is left on the switch %s".formatted(vlans, home));
  }

  private Element group(String name, Token token, int vlan) {
    return Element.of(
        "spec",
        Element.of("name", new MarkedName(name, token).written(identity, Identity.Kind.NETWORK)),
        Element.of("numPorts", PORTS),
        ports(vlan),
        Element.of("description", new SnapshotMark(identity).description(token)),
        Element.of("type", "earlyBinding"),
        Element.of("autoExpand", true));
  }

  private static Element ports(int vlan) {
    return Element.of(
            "defaultPortConfig",
            Element.of("vlan", Element.of("inherited", false), Element.of("vlanId", vlan))
                .as("VmwareDistributedVirtualSwitchVlanIdSpec"))
        .as("VMwareDVSPortSetting");
  }

  @Override
  public void finish(Handle network, NetworkOrder order) {
    choosing.lock();
    try {
      groups.of(network).forEach(this::giveWay);
    } finally {
      choosing.unlock();
    }
  }

  /** To the other end of the range, where no new one is looking. */
  private void giveWay(Made made) {
    List<Group> all = groups.on(made.home());
    if (PortGroups.rival(made.ref(), all).isEmpty()) {
      return;
    }
    VlanRange vlans = making().vlans();
    int vlan =
        PortGroups.free(vlans.downwards(), all).orElseThrow(() -> none(vlans, making().home()));
    String version = PortGroups.one(made.ref(), all).orElseThrow().version();
    succeed(
        vcenter.begin(
            made.ref(),
            Undertaking.CHANGE_PORT_GROUP,
            Element.of("spec", Element.of("configVersion", version), ports(vlan))));
  }

  private void succeed(Ref task) {
    Builds.early(vcenter, task)
        .ifPresent(error -> {
          throw Faults.of(error, Fault.UNKNOWN);
        });
  }

  @Override
  public List<Handle> find(Token token) {
    Handle handle = identity.handle(Identity.Kind.NETWORK, token);
    return read(handle).isPresent() ? List.of(handle) : List.of();
  }

  @Override
  public List<NetworkObservation> list() {
    List<NetworkObservation> all =
        new ArrayList<>(
            builds.of(Identity.Kind.NETWORK).stream()
                .flatMap(build -> unmade(build).stream())
                .toList());
    Set<Handle> told = all.stream().map(NetworkObservation::handle).collect(Collectors.toSet());
    Map<Ref, List<Group>> bySwitch = new HashMap<>();
    for (Made made : groups.ours()) {
      if (told.add(made.handle())) {
        all.add(made(made, bySwitch.computeIfAbsent(made.home(), groups::on)));
      }
    }
    return all;
  }

  /** Empty when its creation has ended well: then the port group tells. */
  private Optional<NetworkObservation> unmade(Build build) {
    Optional<Progress> progress = builds.progress(build);
    if (progress.isPresent() && !progress.get().ended()) {
      return Optional.of(unmade(build, NetworkState.CREATING, Optional.empty()));
    }
    Optional<VimFault> error = progress.flatMap(Progress::error);
    if (error.isEmpty()) {
      builds.forget(build.handle());
    }
    return error.map(why -> unmade(build, NetworkState.ERROR, Optional.of(why.words())));
  }

  @Override
  public Optional<NetworkObservation> read(Handle network) {
    Optional<NetworkObservation> unmade = builds.of(network).flatMap(this::unmade);
    return unmade.isPresent()
        ? unmade
        : groups.of(network).stream().findFirst().map(made -> made(made, groups.on(made.home())));
  }

  private NetworkObservation made(Made made, List<Group> all) {
    Optional<Rival> rival = PortGroups.rival(made.ref(), all);
    return observation(
        made.handle(),
        made.name().token(),
        rival.isPresent() ? NetworkState.CREATING : NetworkState.STARTED,
        rival.map(other -> "its VLAN %d is also that of %s".formatted(other.vlan(), other.name())),
        made.name().wanted());
  }

  private NetworkObservation unmade(Build build, NetworkState state, Optional<String> reason) {
    return observation(build.handle(), build.token(), state, reason, build.name());
  }

  private NetworkObservation observation(
      Handle handle, Token token, NetworkState state, Optional<String> reason, String name) {
    return new NetworkObservation(
        handle,
        Optional.of(token),
        state,
        reason,
        name,
        OptionalLong.empty(),
        List.of(),
        clock.instant());
  }

  @Override
  public void delete(Handle network) {
    if (builds.running(network)) {
      throw new ConnectorException(
          Fault.TRANSIENT, "it is still being made; it is removed after that");
    }
    builds.forget(network);
    groups.of(network).forEach(this::remove);
  }

  private void remove(Made made) {
    try {
      succeed(vcenter.begin(made.ref(), Undertaking.DESTROY));
    } catch (ConnectorException e) {
      if (Faults.is(e, "ResourceInUse")) {
        throw new ConnectorException(Fault.BAD_REQUEST, e.reason(), e);
      }
      boolean gone = Faults.is(e, "ManagedObjectNotFound", "NotFound", "TaskInProgress");
      if (!gone || groups.of(made.handle()).contains(made)) {
        throw e;
      }
    }
  }

  private static ConnectorException wrong(String words) {
    return new ConnectorException(Fault.BAD_REQUEST, words);
  }

  private static ConnectorException unsupported(String words) {
    return new ConnectorException(Fault.UNSUPPORTED, words);
  }
}
