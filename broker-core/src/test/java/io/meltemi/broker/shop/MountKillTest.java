package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.Mishap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process dies at every write of a machine's creation that makes and attaches volumes. */
class MountKillTest {
  private static final CloudScript CLOUD = Clouds.script("alpha", "");
  private static final CloudScript SLOW =
      Clouds.slow("alpha", "create: PT0.1S, createVolume: PT0.1S, attach: PT0.1S, delete: PT0.1S");

  @Test
  void nothingIsLostNorDoubledNorStuck() {
    Kills.atEveryWrite(
        9,
        (write, before) -> {
          try (Scene scene = new Scene(SLOW).start()) {
            String data = scene.available("data");
            scene.shop().close();
            Kills.Killed order =
                Kills.killed(
                    scene,
                    write,
                    before,
                    it -> it.orderWith("web", it.existing(data), Scene.fresh("logs")));
            assertThat(scene.ended(order.asked().job()).state()).isEqualTo("SUCCESS");
            whole(scene, order.asked().machine(), 2);
            return order.died();
          }
        });
  }

  @Test
  void aPlaceThatIsGivenUpIsLeftClean() {
    Kills.atEveryWrite(
        12,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD, Clouds.script("beta", ""))) {
            scene.cloud("alpha").plan(Mishap.refuse("createVolume", Fault.QUOTA, "full").after(1));
            Kills.Killed order =
                Kills.killed(
                    scene,
                    write,
                    before,
                    it -> it.orderWith("web", Scene.fresh("one"), Scene.fresh("two")));
            assertThat(scene.ended(order.asked().job()).state()).isEqualTo("SUCCESS");
            whole(scene, order.asked().machine(), 2);
            return order.died();
          }
        });
  }

  @Test
  void anOrderThatIsStoppedIsUndone() {
    Kills.atEveryWrite(
        2,
        (write, before) -> {
          try (Scene scene = new Scene(Clouds.slow("alpha", "attach: PT1H")).start()) {
            String data = scene.available("data");
            Scene.Ordered ordered =
                scene.orderWith("web", Scene.fresh("logs"), scene.existing(data));
            await().until(() -> scene.step(ordered.job()).equals("create.attach"));
            scene.shop().close();
            Kills.Killed stop =
                Kills.killed(
                    scene,
                    write,
                    before,
                    it -> new Scene.Ordered(ordered.machine(), it.stop(ordered.job())));
            assertThat(scene.ended(ordered.job()).state()).isEqualTo("STOPPED");
            assertThat(scene.state(ordered.machine())).isEqualTo("gone");
            assertThat(scene.volumes()).containsExactly(data);
            assertThat(scene.read(data).inner().has("attachments")).isFalse();
            assertThat(scene.machinesAtProviders()).isZero();
            assertThat(scene.volumesAtProviders()).hasSize(1);
            return stop.died();
          }
        });
  }

  private static void whole(Scene scene, String machine, int volumes) {
    assertThat(scene.state(machine)).isEqualTo("STARTED");
    assertThat(scene.volumes()).hasSize(volumes);
    assertThat(scene.volumes()).allMatch(each -> scene.state(each).equals("AVAILABLE"));
    assertThat(scene.volumes()).allMatch(each -> scene.machinesOf(each).equals(List.of(machine)));
    await().untilAsserted(() -> assertThat(scene.machinesAtProviders()).isEqualTo(1));
    await().untilAsserted(() -> assertThat(scene.volumesAtProviders()).hasSize(volumes));
    assertThat(scene.volumesAtProviders()).allMatch(each -> each.attachments().size() == 1);
  }
}
