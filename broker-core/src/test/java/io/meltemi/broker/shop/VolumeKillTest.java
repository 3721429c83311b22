package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.scripted.CloudScript;
import org.junit.jupiter.api.Test;

/** The broker dies at each of its writes while it works on a volume; another one goes on. */
class VolumeKillTest {
  private static final CloudScript CLOUD = Clouds.script("alpha", "");

  @Test
  void aCreationIsNeitherLostNorDoubledNorStuck() {
    Kills.atEveryWrite(
        3,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD)) {
            Kills.Killed order = Kills.killed(scene, write, before, it -> it.orderVolume("data"));
            assertThat(scene.ended(order.asked().job()).state()).isEqualTo("SUCCESS");
            assertThat(scene.state(order.asked().machine())).isEqualTo("AVAILABLE");
            await().untilAsserted(() -> assertThat(scene.volumesAtProviders()).hasSize(1));
            return order.died();
          }
        });
  }

  @Test
  void attachingAndDetachingAreFinished() {
    Kills.atEveryWrite(
        2,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD).start()) {
            String machine = scene.started("web");
            String volume = scene.available("data");
            scene.shop().close();
            Kills.Killed attach =
                Kills.killed(
                    scene,
                    write,
                    before,
                    it -> new Scene.Ordered(volume, it.attach(volume, machine)));
            assertThat(scene.ended(attach.asked().job()).state()).isEqualTo("SUCCESS");
            assertThat(scene.machinesOf(volume)).containsExactly(machine);
            scene.shop().close();
            Kills.Killed detach =
                Kills.killed(
                    scene,
                    write,
                    before,
                    it -> new Scene.Ordered(volume, it.detach(volume, machine)));
            assertThat(scene.ended(detach.asked().job()).state()).isEqualTo("SUCCESS");
            assertThat(scene.machinesOf(volume)).isEmpty();
            assertThat(detach.died()).as("the other half too").isEqualTo(attach.died());
            return attach.died();
          }
        });
  }

  @Test
  void aDeleteIsFinished() {
    Kills.atEveryWrite(
        2,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD).start()) {
            String volume = scene.available("data");
            scene.shop().close();
            Kills.Killed delete =
                Kills.killed(
                    scene, write, before, it -> new Scene.Ordered(volume, it.deleteVolume(volume)));
            assertThat(scene.ended(delete.asked().job()).state()).isEqualTo("SUCCESS");
            assertThat(scene.state(volume)).isEqualTo("gone");
            assertThat(scene.volumesAtProviders()).isEmpty();
            return delete.died();
          }
        });
  }

  @Test
  void aSnapshotIsTakenOnceAndTheVolumeIsFreeAgain() {
    Kills.atEveryWrite(
        3,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD).start()) {
            String volume = scene.available("data");
            scene.shop().close();
            Kills.Killed image =
                Kills.killed(scene, write, before, it -> it.snapshot(volume, "golden"));
            // Between intention and call nobody can tell: it is not asked a second time.
            boolean told = write == 1 && !before;
            assertThat(scene.ended(image.asked().job()).state())
                .isEqualTo(told ? "FAILED" : "SUCCESS");
            scene.becomes(volume, "AVAILABLE");
            assertThat(scene.cloud("alpha").everySnapshot()).hasSize(told ? 0 : 1);
            return image.died();
          }
        });
  }
}
