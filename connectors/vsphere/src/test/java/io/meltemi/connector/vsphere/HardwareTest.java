package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meltemi.connector.vsphere.vim.Element;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HardwareTest {
  private static final Element BACKING =
      Element.of("backing", Element.of("deviceName", "net")).as("NetworkBacking");

  private final Hardware template =
      new Hardware(
          List.of(
              device("ParaVirtualSCSIController", Element.of("key", 1000)),
              device(
                  "VirtualDisk",
                  Element.of("key", 2000),
                  Element.of("controllerKey", 1000),
                  Element.of("unitNumber", 0)),
              device(
                  "VirtualE1000e",
                  Element.of("key", 4000),
                  Element.of("controllerKey", 100),
                  Element.of("unitNumber", 7),
                  Element.of("macAddress", "00:50:56:00:00:01"))));

  @Test
  void disksGoBesideTheFirstOneAndNeverOnTheControllersOwnNumber() {
    List<Element> changes = template.disks(Collections.nCopies(14, 1000L), "store");
    assertThat(changes.stream().map(change -> change.need("device").need("unitNumber").number()))
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L);
    assertThat(changes)
        .allMatch(change -> change.text("fileOperation").equals("create"))
        .allMatch(change -> change.need("device").text("controllerKey").equals("1000"));
    assertThat(changes.stream().map(change -> change.need("device").text("key")))
        .doesNotHaveDuplicates()
        .allMatch(key -> key.startsWith("-"));
  }

  @Test
  void moreDisksThanTheControllerHoldsAreRefused() {
    assertThatThrownBy(() -> template.disks(Collections.nCopies(15, 1000L), "store"))
        .hasMessageContaining("room for 14 disks");
    assertThatThrownBy(() -> new Hardware(List.of()).disks(List.of(1L), "store"))
        .hasMessageContaining("no disk to put others beside");
  }

  @Test
  void volumesAreLeftOutByTheirKeysAndOwnDisksAreNot() {
    Element volume =
        device(
            "VirtualDisk",
            Element.of("key", 2001),
            Element.of("capacityInKB", 1024),
            Element.of("vDiskId", Element.of("id", "first-class")));
    Element own = device("VirtualDisk", Element.of("key", 2000));
    List<Element> changes = new Hardware(List.of(own, volume)).withoutVolumes();
    assertThat(changes).hasSize(1);
    assertThat(changes.getFirst().text("operation")).isEqualTo("remove");
    assertThat(changes.getFirst().need("device").text("key")).isEqualTo("2001");
    assertThat(changes.getFirst().child("fileOperation")).as("the disk itself stays").isEmpty();
  }

  @Test
  void aDiskIsNeverSmallerThanOrdered() {
    assertThat(Hardware.kibibytes(1)).isEqualTo(1);
    assertThat(Hardware.kibibytes(1024)).isEqualTo(1000);
    assertThat(Hardware.kibibytes(1025)).isEqualTo(1001);
  }

  @Test
  void theTemplatesCardIsPluggedElsewhereWithoutItsAddressAndASecondIsAdded() {
    List<Element> changes = template.cards(List.of(BACKING, BACKING), false);
    Element plugged = changes.getFirst().need("device");
    assertThat(changes.getFirst().text("operation")).isEqualTo("edit");
    assertThat(plugged.type()).isEqualTo("VirtualE1000e");
    assertThat(plugged.children().stream().map(Element::name))
        .containsExactly("key", "backing", "connectable", "controllerKey", "unitNumber");
    assertThat(changes.getLast().text("operation")).isEqualTo("add");
    assertThat(changes.getLast().need("device").type()).isEqualTo("VirtualVmxnet3");
  }

  @Test
  void theTemplatesOtherCardsGoWhereTheOrderNamesItsNetworks() {
    Element first = device("VirtualE1000e", Element.of("key", 4000), Element.of("macAddress", "a"));
    Element second = device("VirtualE1000", Element.of("key", 4001), Element.of("macAddress", "b"));
    Hardware two = new Hardware(List.of(first, second));
    List<Element> changes = two.cards(List.of(BACKING), true);
    assertThat(changes)
        .extracting(each -> each.text("operation"))
        .containsExactly("edit", "remove");
    assertThat(changes.getLast().need("device").text("key")).isEqualTo("4001");
    assertThat(two.cards(List.of(BACKING), false)).hasSize(1);
  }

  @Test
  void memoryGoesInStepsOfFourMebibytesAndNeverDown() {
    assertThat(Cloning.memoryMebibytes(1)).isEqualTo(4);
    assertThat(Cloning.memoryMebibytes(524288)).isEqualTo(512);
    assertThat(Cloning.memoryMebibytes(524289)).isEqualTo(516);
  }

  private static Element device(String type, Element... parts) {
    return Element.of("VirtualDevice", parts).as(type);
  }
}
