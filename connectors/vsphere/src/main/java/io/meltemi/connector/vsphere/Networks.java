package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import java.util.List;

/** Where a network card can be plugged in. */
final class Networks {
  private final VCenter vcenter;
  private final List<String> wanted;

  Networks(VCenter vcenter, VSphereSettings settings) {
    this.vcenter = vcenter;
    this.wanted = settings.networks();
  }

  /** Backings for the first, second, … card; empty when the template's are to stay. */
  List<Element> backings(Ref datacenter) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    List<Facts> met =
        vcenter.read(
            Walk.from(
                    datacenter,
                    new Step(
                        "Datacenter",
                        "network",
                        new Step("DistributedVirtualPortgroup", "config.distributedVirtualSwitch")))
                .note("Network", "name")
                .note(
                    "DistributedVirtualPortgroup", "name", "key", "config.distributedVirtualSwitch")
                .note("DistributedVirtualSwitch", "uuid"));
    return wanted.stream().map(name -> backing(name, met)).toList();
  }

  private static Element backing(String name, List<Facts> met) {
    Facts network =
        met.stream()
            .filter(facts -> !facts.ref().type().endsWith("Switch"))
            .filter(facts -> facts.text("name").equals(name))
            .findFirst()
            .orElseThrow(() ->
                new ConnectorException(
                    Fault.UNSUPPORTED, "the datacenter shows no network " + name));
    return network.ref().type().equals("DistributedVirtualPortgroup")
        ? port(network, met)
        : Element.of("backing", Element.of("deviceName", name))
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
