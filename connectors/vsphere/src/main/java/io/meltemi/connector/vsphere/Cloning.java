package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.Builds.Build;
import io.meltemi.connector.vsphere.Clusters.Cluster;
import io.meltemi.connector.vsphere.Scope.Ground;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Undertaking;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.pivot.MachineOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes machines of templates and templates of machines; both are clones. */
final class Cloning {
  /** A vCenter takes memory in steps of 4 MiB. */
  private static final long MEMORY_STEP = 4096;

  private final VCenter vcenter;
  private final Scope scope;
  private final Clusters clusters;
  private final Networking networks;
  private final Identity identity;
  private final Builds builds;

  Cloning(
      VCenter vcenter,
      Scope scope,
      Clusters clusters,
      Networking networks,
      Identity identity,
      Builds builds) {
    this.vcenter = vcenter;
    this.scope = scope;
    this.clusters = clusters;
    this.networks = networks;
    this.identity = identity;
    this.builds = builds;
  }

  Handle machine(MachineOrder order, Spot spot, Token token) {
    if (spot.size().isPresent()) {
      throw wrong("there are no sizes here, so none is called " + spot.size().get());
    }
    Handle handle = identity.handle(Identity.Kind.MACHINE, token);
    Facts template = template(spot.image());
    return scope.on(ground -> {
      Cluster cluster =
          clusters
              .named(ground.datacenter(), spot.location())
              .orElseThrow(() -> wrong("no cluster is called " + spot.location()));
      Element config =
          config(order, token, handle, devices(order, spot, template, cluster, ground));
      Element location =
          Element.of(
              "location",
              Element.of("datastore", cluster.datastore().ref()),
              Element.of("pool", cluster.pool()));
      String name = Identity.name(order.name(), handle);
      Ref task = begin(template.ref(), ground, name, spec(location, false, config));
      builds.begun(new Build(handle, Identity.Kind.MACHINE, token, task, name));
      return handle;
    });
  }

  /** Looked up by the id that discovery gives, which is an instance UUID. */
  private Facts template(String image) {
    return vcenter
        .byInstanceUuid(image)
        .flatMap(ref ->
            vcenter
                .readIfThere(
                    Walk.from(ref)
                        .note("VirtualMachine", "config.template", "config.hardware.device"))
                .stream()
                .findFirst())
        .filter(facts -> facts.flag("config.template"))
        .orElseThrow(() -> wrong("no template has the id " + image));
  }

  private List<Element> devices(
      MachineOrder order, Spot spot, Facts template, Cluster cluster, Ground ground) {
    Hardware hardware = new Hardware(template.list("config.hardware.device"));
    List<Element> backings = networks.backings(ground.datacenter(), spot.networks());
    List<Element> changes = new ArrayList<>(hardware.cards(backings, !spot.networks().isEmpty()));
    changes.addAll(hardware.disks(order.disksKilobytes(), cluster.datastore().text("name")));
    return changes;
  }

  private Element config(MachineOrder order, Token token, Handle handle, List<Element> devices) {
    List<Element> parts = new ArrayList<>();
    parts.add(Element.of("instanceUuid", handle.value()));
    parts.add(Element.of("numCPUs", order.cpu()));
    parts.add(Element.of("memoryMB", memoryMebibytes(order.memoryKibibytes())));
    parts.addAll(devices);
    long disks = order.disksKilobytes().stream().mapToLong(Long::longValue).sum();
    parts.addAll(new Mark(token, disks).extraConfig(identity, GuestInfo.of(order, handle)));
    return Element.of("config", parts);
  }

  /** Never less than was ordered. */
  static long memoryMebibytes(long kibibytes) {
    return (kibibytes + MEMORY_STEP - 1) / MEMORY_STEP * MEMORY_STEP / 1024;
  }

  /** Of the machine's own disks. */
  Handle image(Seen machine, String wanted, Token token) {
    Handle handle = identity.handle(Identity.Kind.IMAGE, token);
    Map<String, String> nothing = GuestInfo.none();
    List<Element> parts = new ArrayList<>();
    parts.add(Element.of("instanceUuid", handle.value()));
    parts.addAll(new Hardware(devices(machine.ref())).withoutVolumes());
    parts.addAll(new Mark(token, 0).extraConfig(identity, nothing));
    String name = Identity.name(wanted, handle);
    Element spec = spec(Element.of("location"), true, Element.of("config", parts));
    Ref task = scope.on(ground -> begin(machine.ref(), ground, name, spec));
    builds.begun(new Build(handle, Identity.Kind.IMAGE, token, task, name));
    return handle;
  }

  private List<Element> devices(Ref machine) {
    return vcenter
        .readIfThere(Walk.from(machine).note("VirtualMachine", "config.hardware.device"))
        .stream()
        .flatMap(facts -> facts.list("config.hardware.device").stream())
        .toList();
  }

  private static Element spec(Element location, boolean template, Element config) {
    return Element.of(
        "spec", location, Element.of("template", template), config, Element.of("powerOn", false));
  }

  private Ref begin(Ref source, Ground ground, String name, Element spec) {
    return vcenter.begin(
        source,
        Undertaking.CLONE,
        Element.of("folder", ground.folder()),
        Element.of("name", name),
        spec);
  }

  private static ConnectorException wrong(String words) {
    return new ConnectorException(Fault.BAD_REQUEST, words);
  }
}
