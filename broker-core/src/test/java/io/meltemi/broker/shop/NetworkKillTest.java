package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.scripted.CloudScript;
import org.junit.jupiter.api.Test;

/** The broker dies at each of its writes while it works on a network; another one goes on. */
class NetworkKillTest {
  private static final CloudScript CLOUD = Clouds.connected("alpha");

  @Test
  void aCreationIsNeitherLostNorDoubledNorStuck() {
    Kills.atEveryWrite(
        3,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD)) {
            Kills.Killed order = Kills.killed(scene, write, before, it -> it.orderNetwork("blue"));
            assertThat(scene.ended(order.asked().job()).state()).isEqualTo("SUCCESS");
            assertThat(scene.state(order.asked().machine())).isEqualTo("STARTED");
            await().untilAsserted(() -> assertThat(scene.networksAtProviders()).hasSize(1));
            return order.died();
          }
        });
  }

  @Test
  void aDeleteIsFinished() {
    Kills.atEveryWrite(
        2,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD).start()) {
            String network = scene.network("blue");
            scene.shop().close();
            Kills.Killed delete =
                Kills.killed(
                    scene,
                    write,
                    before,
                    it -> new Scene.Ordered(network, it.deleteNetwork(network)));
            assertThat(scene.ended(delete.asked().job()).state()).isEqualTo("SUCCESS");
            assertThat(scene.state(network)).isEqualTo("gone");
            assertThat(scene.networksAtProviders()).isEmpty();
            return delete.died();
          }
        });
  }
}
