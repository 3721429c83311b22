package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The broker dies at each of its writes while it works on a machine with a floating address. */
class AddressKillTest {
  private static final CloudScript CLOUD = Clouds.lending("alpha");

  private static Scene.Ordered order(Scene scene) {
    return scene.order(scene.machineOrder("web", MachineState.STARTED).floating(true));
  }

  @Test
  void anAddressIsNeitherLostNorDoubled() {
    Kills.atEveryWrite(
        5,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD)) {
            Kills.Killed order = Kills.killed(scene, write, before, AddressKillTest::order);
            await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                  scene.clock.forward(Duration.ofSeconds(1));
                  return scene.state(order.asked().job()).equals("SUCCESS");
                });
            assertThat(scene.state(order.asked().machine())).isEqualTo("STARTED");
            await().untilAsserted(() -> assertThat(scene.addressesAtProviders()).hasSize(1));
            await().untilAsserted(() -> assertThat(scene.machinesAtProviders()).isEqualTo(1));
            return order.died();
          }
        });
  }

  @Test
  void aDeleteReleasesItsAddress() {
    Kills.atEveryWrite(
        2,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD).start()) {
            Scene.Ordered ordered = order(scene);
            assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
            scene.shop().close();
            Kills.Killed delete =
                Kills.killed(
                    scene,
                    write,
                    before,
                    it -> new Scene.Ordered(ordered.machine(), it.delete(ordered.machine())));
            assertThat(scene.ended(delete.asked().job()).state()).isEqualTo("SUCCESS");
            assertThat(scene.state(ordered.machine())).isEqualTo("gone");
            assertThat(scene.addressesAtProviders()).isEmpty();
            assertThat(scene.machinesAtProviders()).isZero();
            return delete.died();
          }
        });
  }
}
