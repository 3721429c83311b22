package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.pivot.NetworkAmount;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is left of an account's quota of networks and ports, from an order to its end. */
class NetworkLeftTest {
  private static final String THREE = "networkQuota: { networks: 3, ports: 3 }\n";

  /** Its own first discovery is over: one between order and creation would count neither. */
  private static Scene started(CloudScript north) {
    Scene scene = new Scene(north).start();
    await()
        .until(() ->
            scene.cloud("north").calls().stream()
                    .filter(call -> call.call().equals("facts"))
                    .count()
                > 1);
    return scene;
  }

  private static NetworkAmount left(Scene scene) {
    scene.shop().catalog().catchUp();
    return scene.shop().catalog().offers(Scene.TENANT).offers().getFirst().networkLeft();
  }

  @Test
  void aNetworkIsNotLeftForOthersFromItsOrderUntilItIsGone() {
    try (Scene scene = started(Clouds.connected("north", THREE))) {
      assertThat(left(scene).networks()).isEqualTo(3);
      String network = scene.network("inner");
      assertThat(left(scene).networks()).isEqualTo(2);
      scene.discover();
      assertThat(left(scene).networks()).isEqualTo(2);
      assertThat(scene.ended(scene.deleteNetwork(network)).state()).isEqualTo("SUCCESS");
      await().until(() -> left(scene).networks() == 3);
    }
  }

  @Test
  void aPortIsNotLeftForOthersFromItsMachinesOrderUntilThatIsGone() {
    try (Scene scene = started(Clouds.connected("north", THREE))) {
      assertThat(left(scene).ports()).isEqualTo(3);
      String machine = scene.started("web");
      assertThat(left(scene).ports()).isEqualTo(2);
      scene.discover();
      assertThat(left(scene).ports()).isEqualTo(2);
      assertThat(scene.ended(scene.delete(machine)).state()).isEqualTo("SUCCESS");
      await().until(() -> left(scene).ports() == 3);
    }
  }

  /** As at nova, which makes them some time after it was asked for a machine. */
  @Test
  void aPortThatIsMadeAfterADiscoveryIsNotLeftMeanwhile() {
    CloudScript slow = Clouds.connected("north", THREE + "delays: { create: PT1M }\n");
    try (Scene scene = started(slow)) {
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> !scene.cloud("north").everything().isEmpty());
      scene.discover();
      assertThat(left(scene).ports()).isEqualTo(2);
      scene.clock.forward(Duration.ofMinutes(1));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(left(scene).ports()).isEqualTo(2);
      scene.discover();
      assertThat(left(scene).ports()).isEqualTo(2);
    }
  }

  @Test
  void aMachineTakesNoPortWhereItsPlaceHasNoNetworks() {
    try (Scene scene = started(Clouds.script("north", THREE))) {
      scene.started("web");
      assertThat(left(scene).ports()).isEqualTo(3);
    }
  }
}
