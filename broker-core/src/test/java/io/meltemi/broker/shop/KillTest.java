package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.pivot.MachineAction;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The process dies at every write of its work, before and after the commit: all ends well. */
class KillTest {
  private static final CloudScript CLOUD =
      Clouds.slow(
          "north",
          "create: PT0.1S, stop: PT0.1S, delete: PT0.1S, capture: PT0.1S,"
              + " snapshotMachine: PT0.1S, restore: PT0.1S");

  @Test
  void aCreationIsNeitherLostNorDoubledNorStuck() {
    Kills.atEveryWrite(
        3,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD)) {
            Kills.Killed order = Kills.killed(scene, write, before, it -> it.order("web"));
            assertThat(scene.ended(order.asked().job()).state()).isEqualTo("SUCCESS");
            assertThat(scene.state(order.asked().machine())).isEqualTo("STARTED");
            await().untilAsserted(() -> assertThat(scene.machinesAtProviders()).isEqualTo(1));
            return order.died();
          }
        });
  }

  @Test
  void aStopIsFinished() {
    Kills.atEveryWrite(
        2,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD)) {
            String machine = started(scene);
            Kills.Killed stop =
                Kills.killed(
                    scene,
                    write,
                    before,
                    it -> new Scene.Ordered(machine, it.act(machine, MachineAction.STOP)));
            assertThat(scene.ended(stop.asked().job()).state()).isEqualTo("SUCCESS");
            assertThat(scene.state(machine)).isEqualTo("STOPPED");
            return stop.died();
          }
        });
  }

  @Test
  void aDeleteIsFinished() {
    Kills.atEveryWrite(
        2,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD)) {
            String machine = started(scene);
            Kills.Killed delete =
                Kills.killed(
                    scene, write, before, it -> new Scene.Ordered(machine, it.delete(machine)));
            assertThat(scene.ended(delete.asked().job()).state()).isEqualTo("SUCCESS");
            assertThat(scene.state(machine)).isEqualTo("gone");
            await().untilAsserted(() -> assertThat(scene.machinesAtProviders()).isZero());
            return delete.died();
          }
        });
  }

  @Test
  void aCaptureMakesOneImage() {
    Kills.atEveryWrite(
        3,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD)) {
            String machine = started(scene);
            Kills.Killed capture =
                Kills.killed(scene, write, before, it -> it.capture(machine, "golden"));
            // Between intention and call nobody can tell: it is not asked a second time.
            boolean told = write == 1 && !before;
            assertThat(scene.ended(capture.asked().job()).state())
                .isEqualTo(told ? "FAILED" : "SUCCESS");
            assertThat(scene.state(capture.asked().machine()))
                .isEqualTo(told ? "ERROR" : "AVAILABLE");
            scene.becomes(machine, "STARTED");
            assertThat(scene.cloud("north").door(Optional.empty()).images()).hasSize(told ? 0 : 1);
            return capture.died();
          }
        });
  }

  @Test
  void aSnapshotOfAMachineIsTakenOnce() {
    Kills.atEveryWrite(
        3,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD)) {
            String machine = started(scene);
            Kills.Killed snapshot =
                Kills.killed(scene, write, before, it -> it.snapshotOfMachine(machine, "moment"));
            // Between intention and call nobody can tell: it is not asked a second time.
            boolean told = write == 1 && !before;
            assertThat(scene.ended(snapshot.asked().job()).state())
                .isEqualTo(told ? "FAILED" : "SUCCESS");
            scene.becomes(machine, "STARTED");
            assertThat(scene.cloud("north").everyMachineSnapshot()).hasSize(told ? 0 : 1);
            return snapshot.died();
          }
        });
  }

  @Test
  void aRestoreIsFinished() {
    Kills.atEveryWrite(
        3,
        (write, before) -> {
          try (Scene scene = new Scene(CLOUD)) {
            String machine = scene.start().started("web");
            String snapshot = scene.moment(machine, "moment");
            scene.ended(scene.act(machine, MachineAction.STOP));
            scene.shop().close();
            Kills.Killed restore =
                Kills.killed(
                    scene,
                    write,
                    before,
                    it -> new Scene.Ordered(machine, it.restore(machine, snapshot)));
            await()
                .until(() -> {
                  scene.clock.forward(Duration.ofSeconds(10));
                  return scene.state(restore.asked().job()).equals("SUCCESS");
                });
            assertThat(scene.state(machine)).isEqualTo("STARTED");
            return restore.died();
          }
        });
  }

  private static String started(Scene scene) {
    scene.start();
    String machine = scene.started("web");
    scene.shop().close();
    return machine;
  }
}
