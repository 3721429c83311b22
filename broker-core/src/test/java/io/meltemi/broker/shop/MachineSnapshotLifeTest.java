package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.store.Row;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.pivot.MachineAction;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots of machines from the first to their end. */
class MachineSnapshotLifeTest {
  private static final CloudScript CLOUD = Clouds.quick("north");

  @Test
  void snapshotsStandInALineAndTheLatestIsNamed() {
    try (Scene scene = new Scene(Clouds.slow("north", "snapshotMachine: PT0.3S")).start()) {
      String machine = scene.started("web");
      Scene.Ordered first = scene.snapshotOfMachine(machine, "first");
      assertThat(scene.state(machine)).isEqualTo("CAPTURING");
      assertThat(scene.ended(first.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(machine)).isEqualTo("STARTED");
      String second = scene.moment(machine, "second");
      assertThat(scene.state(first.machine())).isEqualTo("AVAILABLE");
      assertThat(related(scene, first.machine())).isEmpty();
      assertThat(related(scene, second)).isEqualTo(first.machine());
      assertThat(latest(scene, machine)).isEqualTo(second);
    }
  }

  @Test
  void aRestoredMachineIsInTheStateOfItsSnapshotAndGoesOnFromThere() {
    try (Scene scene = new Scene(Clouds.slow("north", "restore: PT0.3S")).start()) {
      String machine = scene.started("web");
      String running = scene.moment(machine, "running");
      scene.ended(scene.act(machine, MachineAction.STOP));
      scene.moment(machine, "stopped");
      String job = scene.restore(machine, running);
      assertThat(scene.state(machine)).isEqualTo("RESTORING");
      assertThat(scene.ended(job).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(machine)).isEqualTo("STARTED");
      String after = scene.moment(machine, "after");
      assertThat(related(scene, after)).isEqualTo(running);
    }
  }

  @Test
  void whatStoodOnADeletedSnapshotStandsOnTheOneBeforeIt() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String first = scene.moment(machine, "first");
      String second = scene.moment(machine, "second");
      String third = scene.moment(machine, "third");
      assertThat(scene.ended(scene.deleteImage(second)).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(second)).isEqualTo("gone");
      assertThat(related(scene, third)).isEqualTo(first);
      scene.ended(scene.deleteImage(third));
      assertThat(latest(scene, machine)).isEqualTo(first);
      assertThat(related(scene, scene.moment(machine, "fourth"))).isEqualTo(first);
      assertThat(scene.cloud("north").everyMachineSnapshot()).hasSize(2);
    }
  }

  @Test
  void snapshotsGoWithTheirMachine() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String snapshot = scene.moment(machine, "only");
      scene.ended(scene.delete(machine));
      assertThat(scene.state(machine)).isEqualTo("gone");
      assertThat(scene.state(snapshot)).isEqualTo("gone");
      assertThat(scene.cloud("north").everyMachineSnapshot()).isEmpty();
    }
  }

  @Test
  void aSnapshotThatIsBeingTakenWhenItsMachineIsDeletedLeavesNothing() {
    try (Scene scene = new Scene(Clouds.slow("north", "snapshotMachine: PT10M")).start()) {
      String machine = scene.started("web");
      Scene.Ordered snapshot = scene.snapshotOfMachine(machine, "never");
      await().until(() -> scene.cloud("north").everyMachineSnapshot().size() == 1);
      scene.ended(scene.delete(machine));
      scene.ended(snapshot.job());
      assertThat(scene.state(snapshot.machine())).isEqualTo("gone");
      assertThat(scene.cloud("north").everyMachineSnapshot()).isEmpty();
    }
  }

  @Test
  void aSnapshotThatItsProviderLostIsNoLongerAvailable() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String snapshot = scene.moment(machine, "lost");
      scene.cloud("north").vanish(handle(scene.read(snapshot)));
      scene.becomes(snapshot, "ERROR");
      assertThat(scene.ended(scene.deleteImage(snapshot)).state()).isEqualTo("SUCCESS");
      assertThat(scene.read(machine).document().has("latestSnapshot")).isFalse();
    }
  }

  @Test
  void aSnapshotWhoseAnswerWasLostIsAdoptedNotRepeated() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      scene.cloud("north").failNext("snapshotMachine", Fault.UNKNOWN);
      Scene.Ordered snapshot = scene.snapshotOfMachine(machine, "lost");
      assertThat(scene.ended(snapshot.job()).state()).isEqualTo("SUCCESS");
      assertThat(calls(scene, "snapshotMachine")).hasSize(1);
      assertThat(scene.cloud("north").everyMachineSnapshot()).hasSize(1);
    }
  }

  @Test
  void aRestoreWhoseAnswerWasLostIsSeenAndNotRepeated() {
    try (Scene scene = new Scene(Clouds.slow("north", "restore: PT3S")).start()) {
      String machine = scene.started("web");
      String snapshot = scene.moment(machine, "running");
      scene.ended(scene.act(machine, MachineAction.STOP));
      scene.cloud("north").failNext("restore", Fault.UNKNOWN);
      assertThat(scene.ended(scene.restore(machine, snapshot)).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(machine)).isEqualTo("STARTED");
      assertThat(calls(scene, "restore")).hasSize(1);
    }
  }

  @Test
  void aLateRestoreComesBeforeTheJobHasEnded() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String snapshot = scene.moment(machine, "running");
      scene.ended(scene.act(machine, MachineAction.STOP));
      scene.cloud("north").plan(Mishap.late("restore", Duration.ofSeconds(90)));
      String job = scene.restore(machine, snapshot);
      await().until(() -> scene.step(job).equals("restore.look"));
      scene.clock.forward(Duration.ofSeconds(100));
      await().until(() -> started(scene));
      assertThat(scene.state(job)).isEqualTo("RUNNING");
      scene.clock.forward(Duration.ofSeconds(30));
      assertThat(scene.ended(job).state()).isEqualTo("SUCCESS");
      assertThat(calls(scene, "restore")).hasSize(2);
    }
  }

  private static boolean started(Scene scene) {
    return scene.cloud("north").everything().getFirst().state().name().equals("STARTED");
  }

  @Test
  void aRestoreThatFailsLeavesTheMachineAndTellsWhy() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String snapshot = scene.moment(machine, "running");
      scene.ended(scene.act(machine, MachineAction.STOP));
      scene
          .cloud("north")
          .plan(
              new Mishap(
                  "restore", 0, java.util.OptionalInt.of(1), new Mishap.EndBadly("no such disk")));
      Row job = scene.ended(scene.restore(machine, snapshot));
      assertThat(job.state()).isEqualTo("FAILED");
      assertThat(job.document().path("statusMessage").asText()).contains("no such disk");
      assertThat(scene.state(machine)).isEqualTo("STOPPED");
      assertThat(scene.ended(scene.restore(machine, snapshot)).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(machine)).isEqualTo("STARTED");
    }
  }

  @Test
  void aRestoreThatIsStoppedTooLateIsCarriedOutAndTheMachineStandsOnItsSnapshot() {
    try (Scene scene = new Scene(Clouds.slow("north", "restore: PT3S")).start()) {
      String machine = scene.started("web");
      String first = scene.moment(machine, "first");
      scene.moment(machine, "second");
      String job = scene.restore(machine, first);
      await().until(() -> scene.step(job).equals("restore.wait"));
      String ignored = scene.stop(job);
      assertThat(scene.ended(job).state()).isEqualTo("STOPPED");
      assertThat(related(scene, scene.moment(machine, "after"))).isEqualTo(first);
    }
  }

  private static List<?> calls(Scene scene, String call) {
    return scene.cloud("north").calls().stream().filter(each -> each.call().equals(call)).toList();
  }

  private static String handle(Row snapshot) {
    return snapshot.inner().path("made").path("handle").asText();
  }

  private static String related(Scene scene, String snapshot) {
    return scene.read(snapshot).document().path("relatedImage").path("href").asText("");
  }

  private static String latest(Scene scene, String machine) {
    return scene.read(machine).document().path("latestSnapshot").path("href").asText("");
  }
}
