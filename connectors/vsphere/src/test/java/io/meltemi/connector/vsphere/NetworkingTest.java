package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkingTest {
  private static final Ref SWITCH = new Ref("VmwareDistributedVirtualSwitch", "dvs-9");
  private static final Facts STANDARD = new Facts(new Ref("Network", "network-7"), Map.of());
  private static final Facts GROUP = group("dvportgroup-11", Map.of());

  private static Facts group(String id, Map<String, Element> properties) {
    return new Facts(new Ref("DistributedVirtualPortgroup", id), properties);
  }

  @Test
  void standardNetworksAndPortGroupsAreForMachinesAndSwitchesAreNot() {
    Facts home = new Facts(SWITCH, Map.of());
    assertThat(Networking.forMachines(List.of(STANDARD, home, GROUP)))
        .containsExactly(STANDARD, GROUP);
  }

  @Test
  void aGroupThatIsTaggedAsUplinkIsNotWhereTheSwitchIsHidden() {
    Element tags = Element.of("tag", Element.of("Tag", Element.of("key", "SYSTEM/DVS.UPLINKPG")));
    Facts uplinks = group("dvportgroup-10", Map.of("tag", tags));
    assertThat(Networking.forMachines(List.of(uplinks, GROUP))).containsExactly(GROUP);
  }

  @Test
  void aGroupThatItsSwitchNamesAsUplinkIsNotThoughNothingElseTells() {
    Facts uplinks = group("dvportgroup-10", Map.of());
    Element named = Element.of("val", Element.of("ManagedObjectReference", uplinks.ref()));
    Facts home = new Facts(SWITCH, Map.of("config.uplinkPortgroup", named));
    assertThat(Networking.forMachines(List.of(uplinks, GROUP, home))).containsExactly(GROUP);
  }
}
