package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Usage;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Change;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedVolume;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.VolumeOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Volumes from order to end, whatever their provider answers. */
class VolumeLifeTest {
  private static final CloudScript CLOUD = Clouds.script("alpha", "");

  @Test
  void aVolumeIsMadeAttachedDetachedAndRemoved() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String volume = scene.available("data");
      assertThat(scene.state(volume)).isEqualTo("AVAILABLE");
      assertThat(scene.read(volume).document().path("capacity").asLong()).isEqualTo(2_000_000);
      assertThat(scene.ended(scene.attach(volume, machine)).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesOf(volume)).containsExactly(machine);
      assertThat(scene.volumesAtProviders().getFirst().attachments()).hasSize(1);
      assertThat(scene.ended(scene.detach(volume, machine)).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesOf(volume)).isEmpty();
      assertThat(scene.ended(scene.deleteVolume(volume)).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(volume)).isEqualTo("gone");
      assertThat(scene.volumesAtProviders()).isEmpty();
    }
  }

  @Test
  void aVolumeIsMeteredFromItsFirstMomentToItsEnd() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String volume = scene.available("data");
      scene.clock.forward(Duration.ofHours(1));
      scene.ended(scene.deleteVolume(volume));
      List<Usage> usage =
          scene.store.usage(Scene.TENANT, Instant.EPOCH, scene.clock.instant().plusSeconds(1));
      assertThat(usage).isNotEmpty().allMatch(each -> each.kind().equals("Volume"));
      assertThat(usage).allMatch(each -> each.amount().equals(new Amount(0, 0, 0, 2_000_000, 1)));
      assertThat(usage).allMatch(each -> each.to().isPresent());
    }
  }

  @Test
  void aLostAnswerIsFoundAndNotOrderedAgain() {
    try (Scene scene = new Scene(CLOUD).start()) {
      scene.cloud("alpha").plan(Mishap.loseAnswer("createVolume"));
      String volume = scene.available("data");
      assertThat(scene.state(volume)).isEqualTo("AVAILABLE");
      assertThat(scene.volumesAtProviders()).hasSize(1);
    }
  }

  @Test
  void aPlaceThatIsFullIsLeftForTheNext() {
    try (Scene scene = new Scene(CLOUD, Clouds.script("beta", "")).start()) {
      scene.cloud("alpha").failNext("createVolume", Fault.CAPACITY);
      String volume = scene.available("data");
      assertThat(scene.read(volume).inner().path("placed").path("account").asText())
          .isEqualTo("beta");
      assertThat(scene.cloud("alpha").everyVolume()).isEmpty();
    }
  }

  @Test
  void aVolumeThatFailsToBuildLeavesNothingBehindAndTellsWhy() {
    try (Scene scene = new Scene(CLOUD).start()) {
      scene
          .cloud("alpha")
          .plan(
              new Mishap(
                  "createVolume", 0, OptionalInt.of(2), new Mishap.EndBadly("the shelf broke")));
      String volume = scene.available("data");
      assertThat(scene.state(volume)).isEqualTo("ERROR");
      assertThat(scene.read(volume).inner().path("reason").asText()).contains("the shelf broke");
      await().until(() -> scene.volumesAtProviders().isEmpty());
    }
  }

  @Test
  void aVolumeThatItsProviderDoesNotLetGoStaysAsItIsAndTheJobTellsWhy() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String volume = scene.available("data");
      Mishap refusal =
          Mishap.refuse("deleteVolume", Fault.BAD_REQUEST, "it has a snapshot of somebody else");
      scene.cloud("alpha").plan(refusal.times(0));
      String job = scene.deleteVolume(volume);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            scene.clock.forward(Duration.ofSeconds(5));
            return scene.state(job).equals("FAILED");
          });
      assertThat(statusOf(scene, job)).isEqualTo("it has a snapshot of somebody else");
      assertThat(scene.state(volume)).isEqualTo("AVAILABLE");
      scene.cloud("alpha").calm();
      assertThat(scene.ended(scene.deleteVolume(volume)).state()).isEqualTo("SUCCESS");
    }
  }

  @Test
  void aRefusedAttachmentLeavesTheVolumeFreeAndTellsWhy() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String volume = scene.available("data");
      scene.cloud("alpha").plan(Mishap.refuse("attach", Fault.BAD_REQUEST, "no slot is free"));
      var job = scene.ended(scene.attach(volume, machine));
      assertThat(job.state()).isEqualTo("FAILED");
      assertThat(job.document().path("statusMessage").asText()).contains("no slot is free");
      assertThat(scene.read(volume).inner().path("attachments").isMissingNode()).isTrue();
    }
  }

  @Test
  void anAttachmentWhoseAnswerWasLostIsFound() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String volume = scene.available("data");
      scene.cloud("alpha").plan(Mishap.loseAnswer("attach"));
      assertThat(scene.ended(scene.attach(volume, machine)).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesOf(volume)).containsExactly(machine);
    }
  }

  @Test
  void theEndOfAMachineLeavesItsVolumes() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String volume = scene.available("data");
      scene.ended(scene.attach(volume, machine));
      scene.ended(scene.delete(machine));
      assertThat(scene.state(machine)).isEqualTo("gone");
      assertThat(scene.machinesOf(volume)).isEmpty();
      assertThat(scene.state(volume)).isEqualTo("AVAILABLE");
      assertThat(scene.volumesAtProviders()).hasSize(1);
    }
  }

  @Test
  void aVolumeDetachedBehindOurBackIsSeenAlone() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String volume = scene.available("data");
      scene.ended(scene.attach(volume, machine));
      ScriptedVolume there = scene.volumesAtProviders().getFirst();
      scene
          .cloud("alpha")
          .door(Optional.empty())
          .change(new Change.Detach(there.id(), there.attachments().getFirst().machine()));
      await().until(() -> scene.machinesOf(volume).isEmpty());
      assertThat(drift(scene)).anyMatch(words -> words.contains("was attached to"));
    }
  }

  /** Nobody is told that it is attached to what it just leaves. */
  @Test
  void aVolumeThatSomebodyIsTakingOffIsAttachedAfterwards() {
    CloudScript slow = Clouds.slow("alpha", "detach: PT30S");
    try (Scene scene = new Scene(slow).start()) {
      String machine = scene.started("web");
      String volume = scene.available("data");
      scene.ended(scene.attach(volume, machine));
      ScriptedVolume there = scene.volumesAtProviders().getFirst();
      scene
          .cloud("alpha")
          .door(Optional.empty())
          .change(new Change.Detach(there.id(), there.attachments().getFirst().machine()));
      String job = scene.attach(volume, machine);
      await().until(() -> statusOf(scene, job).contains("on its way off"));
      scene.clock.forward(Duration.ofSeconds(31));
      assertThat(scene.ended(job).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesOf(volume)).containsExactly(machine);
      assertThat(scene.volumesAtProviders().getFirst().attachments())
          .extracting(ScriptedVolume.Attachment::stage)
          .containsExactly(ScriptedVolume.Stage.THERE);
    }
  }

  private static String statusOf(Scene scene, String job) {
    return scene.read(job).document().path("statusMessage").asText();
  }

  @Test
  void aVolumeThatVanishedIsInErrorAndTellsWhy() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String volume = scene.available("data");
      scene.cloud("alpha").vanish(scene.volumesAtProviders().getFirst().id());
      scene.becomes(volume, "ERROR");
      assertThat(drift(scene)).anyMatch(words -> words.contains("no longer has the volume"));
    }
  }

  @Test
  void aSnapshotIsTakenAndAVolumeMadeOfIt() {
    try (Scene scene = new Scene(CLOUD).start()) {
      String volume = scene.available("data");
      Scene.Ordered image = scene.snapshot(volume, "golden");
      assertThat(scene.ended(image.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(image.machine())).isEqualTo("AVAILABLE");
      assertThat(scene.state(volume)).isEqualTo("AVAILABLE");
      String snapshot = scene.read(image.machine()).inner().path("made").path("handle").asText();
      Scene.Ordered copy =
          scene.orderVolume(
              "copy",
              Optional.of(
                  new VolumeOrder.Source(
                      image.machine(),
                      "golden",
                      "alpha",
                      "alpha-1",
                      Optional.of("disk"),
                      snapshot,
                      2_000_000)));
      assertThat(scene.ended(copy.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.volumesAtProviders().getLast().request().snapshot()).contains(snapshot);
    }
  }

  private static List<String> drift(Scene scene) {
    return scene.store.events(Store.EVERYBODY, 0, 10_000).stream()
        .filter(event -> event.type().equals("drift"))
        .map(Event::content)
        .map(content -> content.path("message").asText())
        .toList();
  }
}
