package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Usage;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.pivot.MachineAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineLifeTest {
  @Test
  void aMachineGoesThroughItsStates() {
    try (Scene scene = new Scene(Clouds.slow("north", "stop: PT0.2S, start: PT0.2S")).start()) {
      String machine = scene.started("web");
      goes(scene, machine, MachineAction.STOP, "STOPPED");
      goes(scene, machine, MachineAction.START, "STARTED");
      goes(scene, machine, MachineAction.RESTART, "STARTED");
      goes(scene, machine, MachineAction.PAUSE, "PAUSED");
      goes(scene, machine, MachineAction.START, "STARTED");
      goes(scene, machine, MachineAction.SUSPEND, "SUSPENDED");
      goes(scene, machine, MachineAction.START, "STARTED");
      goes(scene, machine, MachineAction.FORCE_STOP, "STOPPED");
      goes(scene, machine, MachineAction.RESTART, "STARTING", "STARTED");
    }
  }

  private static void goes(Scene scene, String machine, MachineAction action, String end) {
    goes(scene, machine, action, action.during().name(), end);
  }

  private static void goes(
      Scene scene, String machine, MachineAction action, String during, String end) {
    long asked = acts(scene);
    String job = scene.act(machine, action);
    assertThat(scene.state(machine)).isIn(during, end);
    assertThat(scene.ended(job).state()).isEqualTo("SUCCESS");
    assertThat(scene.state(machine)).isEqualTo(end);
    assertThat(acts(scene)).as("the provider was asked for it").isEqualTo(asked + 1);
  }

  private static long acts(Scene scene) {
    return scene.cloud("north").calls().stream().filter(call -> call.call().equals("act")).count();
  }

  @Test
  void anActionThatTheProviderRefusesFailsInItsWordsAndTheStateIsReadAnew() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      scene.cloud("north").plan(Mishap.refuse("act", Fault.BAD_REQUEST, "not while it backs up"));
      Row job = scene.ended(scene.act(machine, MachineAction.STOP));
      assertThat(job.state()).isEqualTo("FAILED");
      assertThat(job.document().path("statusMessage").asText()).contains("not while it backs up");
      assertThat(scene.state(machine)).isEqualTo("STARTED");
    }
  }

  @Test
  void aStopThatTheGuestIgnoresEndsByItsLimitAndTheMachineIsAsTheProviderShowsIt() {
    try (Scene scene = new Scene(Clouds.slow("north", "stop: PT1H")).start()) {
      String machine = scene.started("web");
      String job = scene.act(machine, MachineAction.STOP);
      scene.becomes(job, "RUNNING");
      scene.clock.forward(Duration.ofMinutes(10));
      scene.clock.forward(Duration.ofMinutes(10));
      await().until(() -> scene.read(job).document().path("progress").asInt() >= 90);
      scene.clock.forward(Duration.ofMinutes(2));
      assertThat(scene.ended(job).state()).isEqualTo("FAILED");
      assertThat(scene.state(machine)).isEqualTo("ERROR");
      scene.clock.forward(Duration.ofHours(1));
      scene.becomes(machine, "STOPPED");
    }
  }

  @Test
  void aStopMayBeFollowedByAForcedOneWhichTakesOver() {
    try (Scene scene = new Scene(Clouds.slow("north", "stop: PT1H")).start()) {
      String machine = scene.started("web");
      String patient = scene.act(machine, MachineAction.STOP);
      scene.becomes(patient, "RUNNING");
      String forced = scene.act(machine, MachineAction.FORCE_STOP);
      assertThat(scene.state(patient)).isEqualTo("STOPPED");
      assertThat(scene.ended(forced).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(machine)).isEqualTo("STOPPED");
    }
  }

  @Test
  void aDeletedMachineIsGoneWhenItsProviderConfirms() {
    try (Scene scene = new Scene(Clouds.slow("north", "delete: PT0.5S")).start()) {
      String machine = scene.started("web");
      String job = scene.delete(machine);
      assertThat(scene.state(machine)).isEqualTo("DELETING");
      assertThat(scene.ended(job).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(machine)).isEqualTo("gone");
      assertThat(scene.machinesAtProviders()).isZero();
    }
  }

  @Test
  void aDeleteThatDidNothingIsRetriedAndTheRecordStays() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      scene.cloud("north").plan(Mishap.loseRequest("delete").times(2));
      String job = scene.delete(machine);
      await()
          .until(() ->
              scene.cloud("north").calls().stream().anyMatch(call -> call.call().equals("delete")));
      assertThat(scene.state(machine)).isEqualTo("DELETING");
      assertThat(scene.ended(job).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesAtProviders()).isZero();
    }
  }

  @Test
  void aMachineThatItsProviderDoesNotLetGoStaysAsItIsAndTheJobTellsWhy() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      scene
          .cloud("north")
          .plan(Mishap.refuse("delete", Fault.BAD_REQUEST, "the server is locked").times(0));
      String job = scene.delete(machine);
      passing(scene, job, Duration.ofSeconds(5));
      assertThat(scene.read(job).document().path("returnCode").asInt()).isEqualTo(10_001);
      assertThat(message(scene, job)).isEqualTo("the server is locked");
      assertThat(scene.state(machine)).isEqualTo("STARTED");
      assertThat(deletes(scene)).isGreaterThan(2);
      scene.cloud("north").calm();
      assertThat(scene.ended(scene.delete(machine)).state()).isEqualTo("SUCCESS");
    }
  }

  /** The job fails after so much of the clock's time, a part at a time. */
  private static void passing(Scene scene, String job, Duration part) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          scene.clock.forward(part);
          return scene.state(job).equals("FAILED");
        });
  }

  private static String message(Scene scene, String job) {
    return scene.read(job).document().path("statusMessage").asText();
  }

  private static long deletes(Scene scene) {
    return scene.cloud("north").calls().stream()
        .filter(call -> call.call().equals("delete"))
        .count();
  }

  @Test
  void aDeletionWhoseTimeIsOverTellsWhatTheProviderSaidLast() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      String words = "the backend is away" + "!".repeat(2000);
      scene.cloud("north").plan(Mishap.refuse("delete", Fault.TRANSIENT, words).times(0));
      String job = scene.delete(machine);
      await().until(() -> message(scene, job).startsWith("the backend is away"));
      scene.clock.forward(Duration.ofMinutes(11));
      assertThat(scene.ended(job).state()).isEqualTo("FAILED");
      assertThat(message(scene, job))
          .startsWith(
              "the provider did not confirm that the machine is gone; delete it again;"
                  + " the provider last said: the backend is away!!!")
          .hasSizeLessThan(700);
      assertThat(scene.events("reason"))
          .extracting(event -> event.content().path("message").asText())
          .as("what the row told until the watch saw the machine again")
          .contains(message(scene, job));
    }
  }

  @Test
  void anActionThatTheProviderPutsOffToTheEndTellsWhy() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      scene
          .cloud("north")
          .plan(Mishap.refuse("act", Fault.TRANSIENT, "no guest tools; use force").times(0));
      String job = scene.act(machine, MachineAction.STOP);
      await().until(() -> message(scene, job).equals("no guest tools; use force"));
      scene.clock.forward(Duration.ofMinutes(3));
      assertThat(scene.ended(job).state()).isEqualTo("FAILED");
      assertThat(message(scene, job))
          .isEqualTo(
              "the provider did not accept it in time; the provider last said:"
                  + " no guest tools; use force");
      assertThat(scene.state(machine)).isEqualTo("STARTED");
    }
  }

  @Test
  void whatHinderedOnceIsNotTheReasonForWhatTakesTooLong() {
    try (Scene scene = new Scene(Clouds.slow("north", "stop: PT1H")).start()) {
      String machine = scene.started("web");
      String job = scene.act(machine, MachineAction.STOP);
      await().until(() -> scene.step(job).equals("act.wait"));
      scene.cloud("north").plan(Mishap.refuse("machine", Fault.TRANSIENT, "a hiccup").times(2));
      await().until(() -> message(scene, job).equals("a hiccup"));
      await().until(() -> message(scene, job).equals("the machine is STOPPING"));
      scene.clock.forward(Duration.ofMinutes(4));
      await().until(() -> scene.step(job).equals("act.settle"));
      scene.clock.forward(Duration.ofMinutes(2));
      scene.ended(job);
      assertThat(message(scene, job)).isEqualTo("the machine did not become STOPPED in time");
    }
  }

  @Test
  void aMachineDeletedWhileItIsMadeLeavesNothing() {
    try (Scene scene = new Scene(Clouds.slow("north", "create: PT60S")).start()) {
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> scene.machinesAtProviders() == 1);
      String job = scene.delete(ordered.machine());
      assertThat(scene.ended(job).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(ordered.job())).isEqualTo("STOPPED");
      assertThat(scene.state(ordered.machine())).isEqualTo("gone");
      await().until(() -> scene.machinesAtProviders() == 0);
    }
  }

  @Test
  void aCaptureMakesAnImageThatBoots() {
    try (Scene scene = new Scene(Clouds.slow("north", "capture: PT0.3S")).start()) {
      String machine = scene.started("web");
      Scene.Ordered image = scene.capture(machine, "golden");
      assertThat(scene.state(machine)).isEqualTo("CAPTURING");
      assertThat(scene.ended(image.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(image.machine())).isEqualTo("AVAILABLE");
      scene.becomes(machine, "STARTED");
      scene.discover();
      assertThat(scene.shop().catalog().offers(Scene.TENANT).offers().getFirst().images())
          .containsKey(image.machine());
    }
  }

  @Test
  void aCaptureWhoseAnswerWasLostIsAdoptedNotRepeated() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      scene.cloud("north").failNext("capture", Fault.UNKNOWN);
      Scene.Ordered image = scene.capture(machine, "golden");
      assertThat(scene.ended(image.job()).state()).isEqualTo("SUCCESS");
      assertThat(
              scene.cloud("north").calls().stream().filter(call -> call.call().equals("capture")))
          .hasSize(1);
    }
  }

  @Test
  void usageIntervalsTouchAndFollowTheState() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      scene.clock.forward(Duration.ofHours(1));
      scene.ended(scene.act(machine, MachineAction.STOP));
      scene.clock.forward(Duration.ofHours(1));
      scene.ended(scene.delete(machine));
      List<Usage> usage = scene.store.usage(Scene.TENANT, Instant.EPOCH, scene.clock.instant());
      assertThat(usage).extracting(Usage::state).contains("STARTED", "STOPPED");
      assertThat(usage).allMatch(one -> one.to().isPresent());
      for (int i = 1; i < usage.size(); i++) {
        assertThat(usage.get(i).from()).isEqualTo(usage.get(i - 1).to().orElseThrow());
      }
    }
  }
}
