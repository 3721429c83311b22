package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.vsphere.Clusters.Cluster;
import io.meltemi.connector.vsphere.PortGroups.Home;
import io.meltemi.connector.vsphere.Scope.Ground;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clusters, their room, datastores, networks, and templates. A vCenter has no quota. */
final class Discovery {
  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

  private final VCenter vcenter;
  private final VSphereSettings settings;
  private final Scope scope;
  private final Clusters clusters;
  private final Networking networks;
  private final PortGroups portGroups;
  private final Clock clock;

  Discovery(VCenter vcenter, VSphereSettings settings, Workshop workshop, Clock clock) {
    this.vcenter = vcenter;
    this.settings = settings;
    this.clock = clock;
    scope = workshop.scope();
    clusters = workshop.clusters();
    networks = workshop.networks();
    portGroups = workshop.portGroups();
  }

  Inventory now() {
    return scope.on(this::at);
  }

  private Inventory at(Ground ground) {
    Abilities abilities = Abilities.of(vcenter, ground.folder());
    List<Cluster> here = abilities.create() ? clusters.all(ground.datacenter()) : List.of();
    List<Inventory.Network> seen = networks.shown(ground.datacenter(), here);
    Stores stores = Stores.of(vcenter, here);
    Optional<Home> home = home(ground);
    List<Inventory.Place> places =
        here.stream()
            .map(cluster -> {
              Set<Capability> all = abilities(abilities, stores, cluster, seen);
              home.filter(each -> each.reaches(cluster))
                  .ifPresent(each -> all.add(Capability.NETWORK_CREATE));
              return place(cluster, ground, all);
            })
            .toList();
    return new Inventory(
            places,
            here.stream().map(Discovery::size).toList(),
            images(ground),
            Amount.UNLIMITED,
            Amount.NONE,
            clock.instant(),
            vcenter.product())
        .with(stores.storage())
        .with(seen)
        .identified(vcenter.identity() + " " + ground.datacenter().value());
  }

  /** Where networks can be made. Without it machines go on. */
  private Optional<Home> home(Ground ground) {
    Optional<Home> home = portGroups.home(ground);
    settings
        .newNetworks()
        .filter(made -> home.isEmpty())
        .ifPresent(made ->
            LOG.warn("no networks are made: the datacenter shows no switch {}", made.home()));
    return home.filter(portGroups::allowed);
  }

  private Set<Capability> abilities(
      Abilities abilities, Stores stores, Cluster cluster, List<Inventory.Network> networks) {
    Set<Capability> all = abilities.at(vcenter, stores.at(cluster));
    boolean choice =
        networks.stream().anyMatch(each -> each.open() && each.places().contains(cluster.name()));
    if (choice) {
      all.add(Capability.NETWORK_CHOICE);
    }
    return all;
  }

  private Inventory.Place place(Cluster cluster, Ground ground, Set<Capability> abilities) {
    Location location =
        new Location(
            cluster.name(),
            Optional.empty(),
            settings.country(),
            Optional.of(ground.name()),
            Optional.of(cluster.name()),
            Optional.empty());
    return new Inventory.Place(location, free(cluster), abilities, Optional.of("x86_64"));
  }

  /**
   * What is not promised to running machines: a cluster's own figures follow the load of the
   * minute, and what idles now may be wanted the next.
   */
  private Amount free(Cluster cluster) {
    long threads = sum(cluster.hosts(), host -> host.number("summary.hardware.numCpuThreads"));
    Amount all =
        new Amount(
            Long.MAX_VALUE,
            threads * settings.cpuRatio(),
            sum(cluster.hosts(), Discovery::memory),
            cluster.freeBytes() / 1000);
    return all.minus(
        new Amount(
            cluster.running().size(),
            sum(cluster.running(), vm -> vm.number("summary.config.numCpu")),
            sum(cluster.running(), vm -> vm.number("summary.config.memorySizeMB") * 1024),
            0));
  }

  /** The most that one machine can get: it lives on one host. */
  private static Inventory.Size size(Cluster cluster) {
    Amount shape =
        new Amount(
            1,
            most(cluster.hosts(), host -> host.number("summary.hardware.numCpuThreads")),
            most(cluster.hosts(), Discovery::memory),
            cluster.freeBytes() / 1000);
    return new Inventory.Size(
        Optional.empty(), cluster.name(), shape, Optional.empty(), Set.of(cluster.name()));
  }

  private static long memory(Facts host) {
    return host.number("summary.hardware.memorySize") / 1024;
  }

  private static long sum(List<Facts> all, ToLongFunction<Facts> value) {
    return all.stream().mapToLong(value).sum();
  }

  private static long most(List<Facts> all, ToLongFunction<Facts> value) {
    return all.stream().mapToLong(value).max().orElse(0);
  }

  private List<Inventory.Image> images(Ground ground) {
    List<Ref> folders = Stream.of(ground.templates(), ground.folder()).distinct().toList();
    Walk walk =
        new Walk(folders, List.of(Step.down()), List.of())
            .note("VirtualMachine", "name", "config.template", "config.instanceUuid");
    return vcenter.read(walk).stream()
        .filter(vm -> vm.flag("config.template"))
        .filter(vm -> !vm.text("config.instanceUuid").isEmpty())
        .map(Discovery::image)
        .sorted(Comparator.comparing(Inventory.Image::id))
        .toList();
  }

  private static Inventory.Image image(Facts template) {
    String id = template.text("config.instanceUuid");
    return new Inventory.Image(
        id,
        Identity.plain(template.text("name"), new Handle(id)),
        Optional.empty(),
        0,
        0,
        Set.of());
  }
}
