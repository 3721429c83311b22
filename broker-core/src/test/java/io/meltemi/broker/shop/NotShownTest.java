package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.store.Row;
import io.meltemi.connector.scripted.Backstage;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A provider, or a gateway before it, says now and then that there is no such thing: nobody takes
 * it for lost. What has really vanished is noticed all the same, within a minute.
 */
class NotShownTest {
  /** So many looks are over in two seconds. */
  private static final int MANY = 14;

  private enum Case {
    BUILD("create", Mishap.hide("machine").times(MANY), scene -> () -> scene.order("web").job()),
    SETTLE(
        "create",
        Mishap.hide("machine").after(1),
        scene -> () -> scene.order(scene.machineOrder("web", MachineState.PAUSED)).job()),
    BUILD_VOLUME(
        "createVolume",
        Mishap.hide("volume").times(MANY),
        scene -> () -> scene.orderVolume("data").job()),
    BUILD_NETWORK(
        "createNetwork",
        Mishap.hide("network").times(MANY),
        scene -> () -> scene.orderNetwork("lan").job()),
    CREATE_ATTACH(
        "attach",
        Mishap.hide("volume").after(1),
        scene -> () -> scene.orderWith("web", Scene.fresh("data")).job()),
    CAPTURE("capture", Mishap.hide("images").after(1).times(MANY), Case::capture),
    ACT_ASK("act", Mishap.hide("machine"), Case::stop),
    ACT_WAIT("act", Mishap.hide("machine").after(1), Case::stop),
    RESTORE_ASK("restore", Mishap.hide("machine"), Case::restore),
    RESTORE_WAIT("restore", Mishap.hide("machine").after(1), Case::restore),
    ATTACH_ASK("attach", Mishap.hide("volume"), Case::attach),
    ATTACH_WAIT("attach", Mishap.hide("volume").after(1), Case::attach),
    DELETE("delete", Mishap.hide("machine"), Case::delete),
    DELETE_VOLUME("deleteVolume", Mishap.hide("volume"), Case::deleteVolume),
    DELETE_NETWORK("deleteNetwork", Mishap.hide("network"), Case::deleteNetwork);

    private final String change;
    private final Mishap stray;
    private final Function<Scene, Supplier<String>> prepare;

    Case(String change, Mishap stray, Function<Scene, Supplier<String>> prepare) {
      this.change = change;
      this.stray = stray;
      this.prepare = prepare;
    }

    private static Supplier<String> capture(Scene scene) {
      String machine = scene.started("web");
      return () -> scene.capture(machine, "golden").job();
    }

    private static Supplier<String> stop(Scene scene) {
      String machine = scene.started("web");
      return () -> scene.act(machine, MachineAction.STOP);
    }

    private static Supplier<String> restore(Scene scene) {
      String machine = scene.started("web");
      String moment = scene.moment(machine, "moment");
      return () -> scene.restore(machine, moment);
    }

    private static Supplier<String> attach(Scene scene) {
      String machine = scene.started("web");
      String volume = scene.available("data");
      return () -> scene.attach(volume, machine);
    }

    private static Supplier<String> delete(Scene scene) {
      String machine = scene.started("web");
      return () -> scene.delete(machine);
    }

    private static Supplier<String> deleteVolume(Scene scene) {
      String volume = scene.available("data");
      return () -> scene.deleteVolume(volume);
    }

    private static Supplier<String> deleteNetwork(Scene scene) {
      String network = scene.network("lan");
      return () -> scene.deleteNetwork(network);
    }

    private boolean removes() {
      return this == DELETE || this == DELETE_VOLUME || this == DELETE_NETWORK;
    }
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void aStrayAnswerChangesNothing(Case each) {
    try (Scene scene = new Scene(Clouds.whole("north", "")).start()) {
      Supplier<String> ask = each.prepare.apply(scene);
      long before = calls(scene, each.change);
      scene.cloud("north").plan(each.stray);
      Row job = scene.ended(ask.get());
      assertThat(job.state()).as(job.document().toString()).isEqualTo("SUCCESS");
      assertThat(scene.cloud("north").calls())
          .extracting(Backstage.Call::outcome)
          .contains("hidden");
      assertThat(calls(scene, each.change)).isEqualTo(before + 1);
      if (each.removes()) assertNothingIsLeft(scene);
    }
  }

  private static long calls(Scene scene, String call) {
    return scene.cloud("north").calls().stream().filter(one -> one.call().equals(call)).count();
  }

  private static void assertNothingIsLeft(Scene scene) {
    assertThat(scene.machinesAtProviders()).isZero();
    assertThat(scene.volumesAtProviders()).isEmpty();
    assertThat(scene.networksAtProviders()).isEmpty();
  }

  /** What is listed is there, whatever a read says; its step's own limit holds. */
  @Test
  void whatIsListedIsNotLostHoweverLongItIsNotShown() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      scene.cloud("north").plan(Mishap.hide("machine").times(0));
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> scene.step(ordered.job()).equals("create.build"));
      passes(scene, Duration.ofMinutes(3), () -> false);
      assertThat(scene.step(ordered.job())).isEqualTo("create.build");
      scene.cloud("north").calm();
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(calls(scene, "create")).isEqualTo(1);
    }
  }

  @Test
  void aMachineThatVanishesWhileItIsBuiltIsMadeElsewhere() {
    try (Scene scene =
        new Scene(Clouds.slow("north", "create: PT1H"), Clouds.quick("south")).start()) {
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> scene.step(ordered.job()).equals("create.build"));
      scene.cloud("north").vanish(scene.cloud("north").everything().getFirst().id());
      Row job = endsSoon(scene, ordered.job());
      assertThat(job.state()).isEqualTo("SUCCESS");
      assertThat(job.document().path("statusMessage").asText())
          .endsWith("was lost while it was built");
      assertThat(scene.cloud("south").everything()).hasSize(1);
    }
  }

  @Test
  void aMachineThatVanishesWhileItIsStoppedIsLost() {
    try (Scene scene = new Scene(Clouds.slow("north", "stop: PT1H")).start()) {
      String machine = scene.started("web");
      String job = scene.act(machine, MachineAction.STOP);
      await().until(() -> scene.step(job).equals("act.wait"));
      scene.cloud("north").vanish(scene.cloud("north").everything().getFirst().id());
      assertLost(scene, endsSoon(scene, job), machine);
    }
  }

  @Test
  void aVolumeThatVanishesWhileItIsAttachedIsLost() {
    try (Scene scene = new Scene(Clouds.slow("north", "attach: PT1H")).start()) {
      String machine = scene.started("web");
      String volume = scene.available("data");
      String job = scene.attach(volume, machine);
      await().until(() -> scene.step(job).equals("attach.wait"));
      scene.cloud("north").vanish(scene.volumesAtProviders().getFirst().id());
      assertLost(scene, endsSoon(scene, job), volume);
    }
  }

  @Test
  void aSnapshotThatVanishesWhileItIsTakenIsLost() {
    try (Scene scene = new Scene(Clouds.slow("north", "snapshotMachine: PT1H")).start()) {
      String machine = scene.started("web");
      Scene.Ordered moment = scene.snapshotOfMachine(machine, "moment");
      await().until(() -> scene.step(moment.job()).equals("capture.wait"));
      scene.cloud("north").vanish(scene.cloud("north").everyMachineSnapshot().getFirst().id());
      assertLost(scene, endsSoon(scene, moment.job()), moment.machine());
      assertThat(scene.state(machine)).isEqualTo("STARTED");
    }
  }

  private static void assertLost(Scene scene, Row job, String thing) {
    assertThat(job.state()).isEqualTo("FAILED");
    assertThat(job.document().path("statusMessage").asText()).containsAnyOf("lost", "no longer");
    assertThat(scene.state(thing)).isEqualTo("ERROR");
  }

  private static Row endsSoon(Scene scene, String job) {
    passes(
        scene,
        Duration.ofMinutes(1),
        () -> List.of("SUCCESS", "FAILED").contains(scene.state(job)));
    return scene.ended(job);
  }

  /** The clock goes on, in sixty steps, until it is so or that time is over. */
  private static void passes(Scene scene, Duration most, Supplier<Boolean> until) {
    Instant end = scene.clock.instant().plus(most);
    await()
        .until(() -> {
          scene.clock.forward(most.dividedBy(60));
          return until.get() || scene.clock.instant().isAfter(end);
        });
  }
}
