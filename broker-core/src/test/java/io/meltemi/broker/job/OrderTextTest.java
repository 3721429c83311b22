package io.meltemi.broker.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.broker.identity.KeyRing;
import io.meltemi.broker.identity.SealedSecrets;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job remembers of its order. */
class OrderTextTest {
  @Test
  void aVolumeComesOutAsItWentIn(@TempDir Path folder) throws IOException {
    OrderText text = new OrderText(new SealedSecrets(KeyRing.at(folder.resolve("master"))));
    VolumeOrder.Source source =
        new VolumeOrder.Source(
            "volumeImages/i", "before", "a", "zone", Optional.of("ssd"), "snapshot", 1000);
    VolumeOrder order =
        new VolumeOrder(
            "data",
            1500,
            Optional.of("http://schemas.dmtf.org/cimi/2/mapped"),
            Optional.of(source),
            Terms.NONE,
            Map.of("format", "ext4"));
    assertThat(text.open(text.seal(order))).isEqualTo(order);
    VolumeOrder plain =
        new VolumeOrder(
            "data", 1500, Optional.empty(), Terms.NONE.ofVolumeTypes(Set.of("ssd", "fast")));
    assertThat(text.open(text.seal(plain))).isEqualTo(plain);
  }

  @Test
  void aMachineWithAFloatingAddressComesOutAsItWentIn(@TempDir Path folder) throws IOException {
    OrderText text = new OrderText(new SealedSecrets(KeyRing.at(folder.resolve("master"))));
    MachineOrder order =
        new MachineOrder(
            "web",
            1,
            1024,
            List.of(),
            Optional.empty(),
            OptionalInt.empty(),
            "machineImages/i",
            "debian",
            Optional.empty(),
            Optional.empty(),
            List.of(22),
            MachineState.STARTED,
            Terms.NONE);
    assertThat(text.open(text.seal(order))).isEqualTo(order);
    for (MachineOrder.Floating each : MachineOrder.Floating.values()) {
      assertThat(text.open(text.seal(order.floating(each)))).isEqualTo(order.floating(each));
    }
    MachineOrder wishing = order.wishing(Map.of("disks[0].format", "ext4"));
    assertThat(text.open(text.seal(wishing))).isEqualTo(wishing);
  }

  /** Later places are judged by it; the policy has spoken, and facts only grow younger. */
  @Test
  void whatAnOrderSaysAboutItsPlaceIsKept(@TempDir Path folder) throws IOException {
    OrderText text = new OrderText(new SealedSecrets(KeyRing.at(folder.resolve("master"))));
    Terms terms =
        new Terms(
                Optional.empty(),
                Optional.of("any-size"),
                Set.of("north", "south"),
                Set.of("GR"),
                Set.of("n1"),
                Optional.of(new BigDecimal("0.050")),
                Optional.of("SEK"),
                Set.of(Capability.PAUSE, Capability.CONSOLE))
            .opening(Set.of(22, 443));
    NetworkOrder order = new NetworkOrder("blue", Optional.empty(), terms);
    assertThat(text.open(text.seal(order))).isEqualTo(order);
  }

  @Test
  void aNetworkComesOutAsItWentIn(@TempDir Path folder) throws IOException {
    OrderText text = new OrderText(new SealedSecrets(KeyRing.at(folder.resolve("master"))));
    NetworkOrder order =
        new NetworkOrder(
            "blue",
            Optional.of("10.1.2.0/24"),
            OptionalLong.of(9000),
            Optional.of("GOLD"),
            Terms.NONE);
    assertThat(text.open(text.seal(order))).isEqualTo(order);
    NetworkOrder plain = new NetworkOrder("", Optional.empty(), Terms.NONE);
    assertThat(text.open(text.seal(plain))).isEqualTo(plain);
  }
}
