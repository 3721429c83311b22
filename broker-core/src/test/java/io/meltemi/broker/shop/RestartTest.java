package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.Fault;
import io.meltemi.pivot.Confidence;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.Offer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartTest {
  @Test
  void anOrderGoesOnAfterARestart() {
    try (Scene scene = new Scene(Clouds.slow("north", "create: PT1S")).start()) {
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> scene.machinesAtProviders() == 1);
      scene.restart();
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesAtProviders()).isEqualTo(1);
    }
  }

  @Test
  void aRestartServesOffersAtOnceWithOldAges() {
    try (Scene scene = new Scene(Clouds.quick("north"))) {
      var before = scene.shop().catalog().offers(Scene.TENANT).offers();
      scene.shop().close();
      scene.reopen(store -> store);
      assertThat(scene.shop().catalog().offers(Scene.TENANT).offers())
          .isEqualTo(before.stream().map(each -> each.with(Confidence.REMEMBERED)).toList());
      scene.discover();
      assertThat(scene.shop().catalog().offers(Scene.TENANT).offers())
          .extracting(Offer::confidence)
          .containsOnly(Confidence.CONFIRMED);
    }
  }

  @Test
  void anOrderTakenBeforeAnyWorkerRanIsCarriedOutByTheNextShop() {
    try (Scene scene = new Scene(Clouds.quick("north"))) {
      Scene.Ordered ordered = scene.order("web");
      scene.restart();
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
    }
  }

  @Test
  void aLostAnswerIsLookedForByTheNextShopToo() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      scene
          .cloud("north")
          .plan(io.meltemi.connector.scripted.Mishap.late("create", Duration.ofSeconds(5)));
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> scene.read(ordered.machine()).inner().path("placed").has("asked"));
      scene.restart();
      scene.clock.forward(Duration.ofSeconds(5));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesAtProviders()).isEqualTo(1);
    }
  }

  @Test
  void aLookWhoseTimeRanOutWhileNobodyWorkedIsMadeOnceMore() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      scene
          .cloud("north")
          .plan(io.meltemi.connector.scripted.Mishap.late("create", Duration.ofSeconds(1)));
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> scene.step(ordered.job()).equals("create.look"));
      scene.shop().close();
      scene.clock.forward(Duration.ofMinutes(1));
      scene.reopen(store -> store).start();
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.cloud("north").calls())
          .filteredOn(call -> call.call().equals("create"))
          .hasSize(1);
    }
  }

  @Test
  void aDeleteGoesOnAfterARestart() {
    try (Scene scene = new Scene(Clouds.slow("north", "delete: PT1S")).start()) {
      String machine = scene.started("web");
      scene.cloud("north").failNext("delete", Fault.TRANSIENT);
      String job = scene.delete(machine);
      scene.restart();
      assertThat(scene.ended(job).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesAtProviders()).isZero();
    }
  }

  @Test
  void anActionGoesOnAfterARestart() {
    try (Scene scene = new Scene(Clouds.slow("north", "stop: PT1S")).start()) {
      String machine = scene.started("web");
      String job = scene.act(machine, MachineAction.STOP);
      scene.restart();
      assertThat(scene.ended(job).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(machine)).isEqualTo("STOPPED");
    }
  }
}
