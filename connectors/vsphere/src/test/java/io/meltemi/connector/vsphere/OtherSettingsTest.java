package io.meltemi.connector.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.vsphere.vim.Element;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OtherSettingsTest {
  private static List<Element> settings(String... keys) {
    return Stream.of(keys)
        .map(key -> Element.of("option", Element.of("key", key), Element.of("value", "v")))
        .toList();
  }

  @Test
  void whatPeopleWroteIsTold() {
    assertThat(OtherSettings.of(settings("cost-centre", "acme.owner", "disks", "logbook")))
        .containsOnlyKeys("cost-centre", "acme.owner", "disks", "logbook");
  }

  @Test
  void whatVCenterGuestAndBrokerWriteIsLeftOut() {
    assertThat(
            OtherSettings.of(
                settings(
                    "pciBridge4.virtualDev",
                    "scsi0:0.redo",
                    "nvram",
                    "vmware.tools.internalversion",
                    "toolsInstallManager.updateCounter",
                    "disk.EnableUUID",
                    "guestinfo.userdata",
                    "guestInfo.detailed.data",
                    "meltemi.token",
                    "meltemi.disks")))
        .isEmpty();
  }
}
