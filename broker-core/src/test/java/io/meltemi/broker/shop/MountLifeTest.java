package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.broker.place.Budget;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedVolume;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Machines that are ordered with volumes, whatever their provider answers. */
class MountLifeTest {
  private static final CloudScript CLOUD = Clouds.script("alpha", "");

  @Test
  void aMachineComesWithItsVolumes() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String data = scene.available("data");
      Scene.Ordered ordered =
          scene.orderWith("web", scene.existing(data), Scene.fresh("logs"), Scene.fresh("cache"));
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("SUCCESS");
      assertThat(scene.state(ordered.machine())).isEqualTo("STARTED");
      assertThat(scene.volumes()).hasSize(3);
      assertThat(scene.volumes()).allMatch(each -> scene.state(each).equals("AVAILABLE"));
      assertThat(scene.volumes())
          .allMatch(each -> scene.machinesOf(each).equals(List.of(ordered.machine())));
      assertThat(scene.volumesAtProviders()).hasSize(3);
      assertThat(scene.volumesAtProviders()).allMatch(each -> each.attachments().size() == 1);
    }
  }

  @Test
  void eachPartShowsAsAJobOfItsOwn() {
    try (Scene scene = new Scene(CLOUD).start()) {
      var order = scene.machineOrder("web", MachineState.STOPPED);
      Scene.Ordered ordered = scene.order(order.mounting(List.of(Scene.fresh("logs"))));
      Row job = scene.ended(ordered.job());
      List<Row> parts = parts(scene, job);
      assertThat(parts).hasSize(4).allMatch(part -> part.state().equals("SUCCESS"));
      assertThat(parts)
          .extracting(part -> part.document().path("action").asText())
          .containsExactly("add", "add", "add", "stop");
      assertThat(affected(job)).contains(scene.volumes().getFirst());
    }
  }

  @Test
  void aVolumeThatTheProviderHasNoRoomForSendsAllOfItToTheNextPlace() {
    try (Scene scene = new Scene(CLOUD, Clouds.script("beta", "")).start()) {
      scene
          .cloud("alpha")
          .plan(Mishap.refuse("createVolume", Fault.CAPACITY, "the shelf is full").after(1));
      Scene.Ordered ordered = scene.orderWith("web", Scene.fresh("one"), Scene.fresh("two"));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(account(scene, ordered.machine())).isEqualTo("beta");
      assertThat(scene.volumes()).allMatch(each -> account(scene, each).equals("beta"));
      assertThat(scene.cloud("alpha").everything()).isEmpty();
      assertThat(scene.cloud("alpha").everyVolume()).isEmpty();
      assertThat(scene.cloud("beta").everyVolume()).hasSize(2);
    }
  }

  @Test
  void aLostAnswerIsFoundAndNothingIsThereTwice() {
    try (Scene scene = new Scene(CLOUD).start()) {
      scene.cloud("alpha").plan(Mishap.loseAnswer("createVolume"));
      scene.cloud("alpha").plan(Mishap.loseAnswer("attach"));
      Scene.Ordered ordered = scene.orderWith("web", Scene.fresh("logs"));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.volumesAtProviders()).hasSize(1);
      assertThat(scene.machinesAtProviders()).isEqualTo(1);
    }
  }

  @Test
  void aVolumeThatCannotBeAttachedFailsTheOrderAndLeavesWhatWasThere() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String data = scene.available("data");
      scene.cloud("alpha").plan(Mishap.refuse("attach", Fault.BAD_REQUEST, "no slot").after(1));
      Scene.Ordered ordered = scene.orderWith("web", scene.existing(data), Scene.fresh("logs"));
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("FAILED");
      assertThat(job.document().path("statusMessage").asText()).contains("no slot");
      assertThat(scene.state(ordered.machine())).isEqualTo("ERROR");
      assertThat(scene.machinesAtProviders()).isZero();
      assertThat(scene.volumes()).containsExactly(data);
      assertThat(affected(job)).doesNotContain("volumes/").contains(data);
      assertThat(scene.state(data)).isEqualTo("AVAILABLE");
      assertThat(scene.read(data).inner().has("attachments")).isFalse();
      assertThat(scene.volumesAtProviders()).hasSize(1);
      assertThat(scene.store.claimed(Budget.name(Scene.TENANT)))
          .isEqualTo(new Amount(0, 0, 0, 2_000_000, 1));
    }
  }

  @Test
  void anOrderThatIsStoppedLeavesOnlyWhatWasThere() {
    try (Scene scene = new Scene(Clouds.slow("alpha", "attach: PT1H")).start()) {
      String data = scene.available("data");
      Scene.Ordered ordered = scene.orderWith("web", Scene.fresh("logs"), scene.existing(data));
      await().until(() -> scene.step(ordered.job()).equals("create.attach"));
      assertThat(parts(scene, scene.read(ordered.job())))
          .extracting(Row::state)
          .containsExactly("SUCCESS", "SUCCESS", "RUNNING", "QUEUED");
      scene.stop(ordered.job());
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("STOPPED");
      assertThat(scene.state(ordered.machine())).isEqualTo("gone");
      assertThat(scene.machinesAtProviders()).isZero();
      assertThat(scene.volumes()).containsExactly(data);
      assertThat(scene.read(data).inner().has("attachments")).isFalse();
      assertThat(scene.volumesAtProviders()).hasSize(1);
    }
  }

  @Test
  void aMachineThatIsDeletedWhileItIsMadeTakesItsNewVolumesAlong() {
    try (Scene scene = new Scene(Clouds.slow("alpha", "attach: PT1H")).start()) {
      String data = scene.available("data");
      Scene.Ordered ordered = scene.orderWith("web", Scene.fresh("logs"), scene.existing(data));
      await().until(() -> scene.step(ordered.job()).equals("create.attach"));
      assertThat(scene.ended(scene.delete(ordered.machine())).state()).isEqualTo("SUCCESS");
      await().until(() -> scene.volumes().equals(List.of(data)));
      assertThat(scene.state(ordered.job())).isEqualTo("STOPPED");
      assertThat(scene.read(data).inner().has("attachments")).isFalse();
      await().until(() -> scene.volumesAtProviders().size() == 1);
    }
  }

  @Test
  void aVolumeThatAppearsAfterItsPlaceWasGivenUpIsSwept() {
    try (Scene scene = new Scene(CLOUD, Clouds.script("beta", "")).start()) {
      scene.cloud("alpha").plan(Mishap.late("createVolume", Duration.ofSeconds(60)));
      Scene.Ordered ordered = scene.orderWith("web", Scene.fresh("logs"));
      await().until(() -> scene.step(ordered.job()).equals("create.look"));
      scene.clock.forward(Duration.ofSeconds(3));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(account(scene, scene.volumes().getFirst())).isEqualTo("beta");
      scene.clock.forward(Duration.ofSeconds(60));
      await().until(() -> !scene.events("orphan.removed").isEmpty());
      assertThat(scene.cloud("alpha").everyVolume()).isEmpty();
    }
  }

  @Test
  void aVolumeThatFailsToBuildIsTriedAtTheNextPlaceWithItsMachine() {
    try (Scene scene = new Scene(CLOUD, Clouds.script("beta", "")).start()) {
      scene
          .cloud("alpha")
          .plan(
              new Mishap(
                  "createVolume", 0, OptionalInt.of(1), new Mishap.EndBadly("the shelf broke")));
      Scene.Ordered ordered = scene.orderWith("web", Scene.fresh("logs"));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(account(scene, ordered.machine())).isEqualTo("beta");
      assertThat(scene.volumesAtProviders()).extracting(ScriptedVolume::id).hasSize(1);
    }
  }

  private static List<Row> parts(Scene scene, Row job) {
    return job.document()
        .path("nestedJobs")
        .valueStream()
        .map(each -> scene.read(each.path("href").asText()))
        .toList();
  }

  private static String account(Scene scene, String path) {
    return scene.read(path).inner().path("placed").path("account").asText();
  }

  private static List<String> affected(Row job) {
    return job.document()
        .path("affectedResources")
        .valueStream()
        .map(each -> each.path("href"))
        .map(JsonNode::asText)
        .toList();
  }
}
