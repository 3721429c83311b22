package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.vsphere.Clusters.Cluster;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** The networks of a datacenter: where cards can be plugged in. */
final class Networking {
  private static final String ASSIGN = "Network.Assign";
  private static final String DESCRIPTION = "config.description";
  private static final String UPLINKS = "SYSTEM/DVS.UPLINKPG";

  private final VCenter vcenter;
  private final List<String> wanted;
  private final Identity identity;

  Networking(VCenter vcenter, VSphereSettings settings, Identity identity) {
    this.vcenter = vcenter;
    this.wanted = settings.networks();
    this.identity = identity;
  }

  /**
   * Backings for the first, second, … card; empty when the template's are to stay.
   *
   * @param chosen ids of networks that the order names; empty for those of the settings
   */
  List<Element> backings(Ref datacenter, List<String> chosen) {
    if (wanted.isEmpty() && chosen.isEmpty()) {
      return List.of();
    }
    List<Facts> met = read(datacenter);
    return chosen.isEmpty()
        ? wanted.stream().map(name -> backing(called(name, met), met)).toList()
        : chosen.stream().map(id -> backing(known(id, met), met)).toList();
  }

  /**
   * Those that clusters reach and no broker made; open where the account may put machines into
   * them.
   */
  List<Inventory.Network> shown(Ref datacenter, List<Cluster> clusters) {
    List<Facts> all =
        forMachines(read(datacenter)).stream()
            .filter(each -> !PortGroups.anybodys(each.text("name"), each.text(DESCRIPTION)))
            .toList();
    Set<Ref> allowed = vcenter.allowing(all.stream().map(Facts::ref).toList(), ASSIGN);
    return all.stream()
        .map(network -> shown(network, clusters, allowed.contains(network.ref())))
        .filter(network -> !network.places().isEmpty())
        .sorted(Comparator.comparing(Inventory.Network::id))
        .toList();
  }

  private static Inventory.Network shown(Facts network, List<Cluster> clusters, boolean allowed) {
    Set<String> places =
        clusters.stream()
            .filter(cluster -> cluster.networks().contains(network.ref()))
            .map(Cluster::name)
            .collect(Collectors.toSet());
    return new Inventory.Network(
        network.ref().value(),
        network.text("name"),
        false,
        allowed,
        OptionalLong.empty(),
        List.of(),
        places);
  }

  private List<Facts> read(Ref datacenter) {
    return vcenter.read(
        Walk.from(
                datacenter,
                new Step(
                    "Datacenter",
                    "network",
                    new Step("DistributedVirtualPortgroup", "config.distributedVirtualSwitch")))
            .note("Network", "name")
            .note(
                "DistributedVirtualPortgroup",
                "name",
                "key",
                "tag",
                DESCRIPTION,
                "config.distributedVirtualSwitch")
            .note("DistributedVirtualSwitch", "uuid", "config.uplinkPortgroup"));
  }

  /**
   * Neither switches nor the groups of ports by which switches are connected themselves: their tags
   * tell, and their switches where those are shown.
   */
  static List<Facts> forMachines(List<Facts> met) {
    Set<Ref> uplinks =
        met.stream()
            .flatMap(facts -> facts.refs("config.uplinkPortgroup").stream())
            .collect(Collectors.toSet());
    return met.stream()
        .filter(facts -> !isSwitch(facts) && !uplinks.contains(facts.ref()))
        .filter(
            facts -> facts.list("tag").stream().noneMatch(tag -> tag.text("key").equals(UPLINKS)))
        .toList();
  }

  private static boolean isSwitch(Facts facts) {
    return facts.ref().type().endsWith("Switch");
  }

  private static Facts called(String name, List<Facts> met) {
    return met.stream()
        .filter(facts -> !isSwitch(facts) && facts.text("name").equals(name))
        .findFirst()
        .orElseThrow(() ->
            new ConnectorException(Fault.UNSUPPORTED, "the datacenter shows no network " + name));
  }

  private Facts known(String id, List<Facts> met) {
    return forMachines(met).stream()
        .filter(facts -> facts.ref().value().equals(id) || isMade(facts, id))
        .findFirst()
        .orElseThrow(
            () -> new ConnectorException(Fault.BAD_REQUEST, "no network has the id " + id));
  }

  /** A network that we made has a handle of its own. */
  private boolean isMade(Facts facts, String id) {
    return PortGroups.named(facts.text("name"), identity)
        .map(name -> identity.handle(Identity.Kind.NETWORK, name.token()).value())
        .filter(id::equals)
        .isPresent();
  }

  private static Element backing(Facts network, List<Facts> met) {
    return network.ref().type().equals("DistributedVirtualPortgroup")
        ? port(network, met)
        : Element.of("backing", Element.of("deviceName", network.text("name")))
            .as("VirtualEthernetCardNetworkBackingInfo");
  }

  private static Element port(Facts group, List<Facts> met) {
    Ref home = group.get("config.distributedVirtualSwitch").map(Element::ref).orElseThrow();
    String uuid =
        met.stream()
            .filter(facts -> facts.ref().equals(home))
            .map(facts -> facts.text("uuid"))
            .findFirst()
            .orElseThrow(() ->
                new ConnectorException(
                    Fault.UNSUPPORTED, "the switch of " + group.text("name") + " is hidden"));
    return Element.of(
            "backing",
            Element.of(
                "port",
                Element.of("switchUuid", uuid),
                Element.of("portgroupKey", group.text("key"))))
        .as("VirtualEthernetCardDistributedVirtualPortBackingInfo");
  }
}
