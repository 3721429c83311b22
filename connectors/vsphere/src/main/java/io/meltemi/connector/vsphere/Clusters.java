package io.meltemi.connector.vsphere;

import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The clusters (and hosts that stand alone) of a datacenter, as far as settings let them be used.
 */
final class Clusters {
  private static final String[] OF_HOST = {
    "summary.hardware.numCpuThreads",
    "summary.hardware.memorySize",
    "runtime.connectionState",
    "runtime.inMaintenanceMode",
    "vm",
    "datastore"
  };
  private static final String[] OF_DATASTORE = {
    "name", "summary.accessible", "summary.maintenanceMode", "summary.capacity", "summary.freeSpace"
  };

  static final Comparator<Facts> ROOMIEST_FIRST =
      Comparator.comparing((Facts store) -> store.number("summary.freeSpace"))
          .thenComparing(store -> store.text("name"))
          .reversed();

  private final VCenter vcenter;
  private final VSphereSettings settings;

  Clusters(VCenter vcenter, VSphereSettings settings) {
    this.vcenter = vcenter;
    this.settings = settings;
  }

  /**
   * @param pool where its machines go
   * @param datastore the one with the most room
   * @param shared those that all its hosts reach, the one with the most room first
   * @param closed those that all its hosts reach and that take nothing new now
   * @param hosts those which can run machines
   * @param running machines that run there, ours and others'
   * @param networks that its hosts reach
   */
  record Cluster(
      String name,
      Ref pool,
      Facts datastore,
      List<Facts> shared,
      List<Facts> closed,
      List<Facts> hosts,
      List<Facts> running,
      List<Ref> networks) {
    long freeBytes() {
      return datastore.number("summary.freeSpace");
    }

    /** One that its hosts share, by its id. */
    Optional<Facts> store(String id) {
      return shared.stream().filter(store -> store.ref().value().equals(id)).findFirst();
    }
  }

  /** With everything that runs there. */
  List<Cluster> all(Ref datacenter) {
    return read(
        walk(datacenter, new Step("HostSystem", "vm"))
            .note("HostSystem", OF_HOST)
            .note(
                "VirtualMachine",
                "runtime.powerState",
                "summary.config.numCpu",
                "summary.config.memorySizeMB"));
  }

  /** Without what runs there. */
  Optional<Cluster> named(Ref datacenter, String name) {
    return read(walk(datacenter).note("HostSystem", OF_HOST)).stream()
        .filter(cluster -> cluster.name().equals(name))
        .findFirst();
  }

  private static Walk walk(Ref datacenter, Step... fromHost) {
    return Walk.from(
            datacenter,
            new Step(
                "Datacenter",
                "hostFolder",
                Step.down(
                    new Step("ComputeResource", "host", fromHost),
                    new Step("ComputeResource", "datastore"))))
        .note("ComputeResource", "name", "resourcePool", "host", "datastore", "network")
        .note("Datastore", OF_DATASTORE);
  }

  private List<Cluster> read(Walk walk) {
    Map<Ref, Facts> all =
        vcenter.read(walk).stream().collect(Collectors.toMap(Facts::ref, Function.identity()));
    return all.values().stream()
        .filter(facts -> facts.ref().type().endsWith("ComputeResource"))
        .flatMap(facts -> cluster(facts, all).stream())
        .sorted(Comparator.comparing(Cluster::name))
        .toList();
  }

  /** Empty where nothing can be made: no host, no datastore, or not the pool. */
  private Optional<Cluster> cluster(Facts cluster, Map<Ref, Facts> all) {
    List<Facts> hosts = met(cluster.refs("host"), all).stream().filter(Clusters::canRun).toList();
    List<Facts> known =
        met(cluster.refs("datastore"), all).stream()
            .filter(this::allowed)
            .sorted(ROOMIEST_FIRST)
            .toList();
    List<Facts> stores = known.stream().filter(Clusters::usable).toList();
    Optional<Ref> pool = cluster.get("resourcePool").flatMap(root -> pool(root.ref()));
    if (hosts.isEmpty() || stores.isEmpty() || pool.isEmpty()) {
      return Optional.empty();
    }
    List<Facts> running =
        hosts.stream()
            .flatMap(host -> met(host.refs("vm"), all).stream())
            .filter(vm -> vm.text("runtime.powerState").equals("poweredOn"))
            .toList();
    return Optional.of(
        new Cluster(
            cluster.text("name"),
            pool.get(),
            stores.getFirst(),
            reached(stores, hosts),
            reached(known.stream().filter(store -> !usable(store)).toList(), hosts),
            hosts,
            running,
            cluster.refs("network")));
  }

  private static List<Facts> reached(List<Facts> datastores, List<Facts> hosts) {
    return datastores.stream()
        .filter(
            store -> hosts.stream().allMatch(host -> host.refs("datastore").contains(store.ref())))
        .toList();
  }

  /** Everywhere that disks may be, where none are made any more included. */
  List<Facts> datastores(Ref datacenter) {
    Walk walk = Walk.from(datacenter, new Step("Datacenter", "datastore"));
    return vcenter.read(walk.note("Datastore", OF_DATASTORE));
  }

  private Optional<Ref> pool(Ref root) {
    return settings.pool().map(path -> Scope.below(vcenter, root, path)).orElse(Optional.of(root));
  }

  /** Whether new disks may be made there. */
  boolean allowed(Facts datastore) {
    return settings.datastores().isEmpty()
        || settings.datastores().contains(datastore.text("name"));
  }

  static boolean accessible(Facts datastore) {
    return datastore.flag("summary.accessible");
  }

  private static boolean usable(Facts datastore) {
    String maintenance = datastore.text("summary.maintenanceMode");
    return accessible(datastore) && (maintenance.isEmpty() || maintenance.equals("normal"));
  }

  private static boolean canRun(Facts host) {
    return host.text("runtime.connectionState").equals("connected")
        && !host.flag("runtime.inMaintenanceMode");
  }

  private static List<Facts> met(List<Ref> refs, Map<Ref, Facts> all) {
    return refs.stream().map(all::get).filter(Objects::nonNull).toList();
  }
}
