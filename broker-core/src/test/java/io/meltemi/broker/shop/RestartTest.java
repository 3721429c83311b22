package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Token;
import io.meltemi.connector.scripted.Backstage;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.pivot.Confidence;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
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
      scene.cloud("north").plan(Mishap.late("create", Duration.ofSeconds(5)));
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
      scene.cloud("north").plan(Mishap.late("create", Duration.ofSeconds(1)));
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
  void aMachineThatWasBuiltWhileTheBrokerWasAwayForAnHourIsKept() {
    try (Scene scene = new Scene(Clouds.slow("north", "create: PT5M")).start()) {
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> scene.step(ordered.job()).equals("create.build"));
      away(scene, Duration.ofHours(1));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(ordered.machine())).isEqualTo("STARTED");
      assertThat(scene.cloud("north").calls())
          .extracting(Backstage.Call::call)
          .doesNotContain("delete")
          .containsOnlyOnce("create");
    }
  }

  @Test
  void anImageThatWasMadeWhileTheBrokerWasAwayForAnHourIsKept() {
    try (Scene scene = new Scene(Clouds.slow("north", "capture: PT5M")).start()) {
      String machine = scene.started("web");
      Scene.Ordered image = scene.capture(machine, "golden");
      await().until(() -> scene.step(image.job()).equals("capture.wait"));
      away(scene, Duration.ofHours(1));
      assertThat(scene.ended(image.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(image.machine())).isEqualTo("AVAILABLE");
    }
  }

  /** It appeared in time, and the time for looking ran out while there was no broker. */
  @Test
  void whatAppearedWhileTheBrokerWasAwayForAnHourIsRemoved() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      Token token = elsewhere(scene);
      away(scene, Duration.ofHours(1));
      await().until(() -> isSwept(scene, token));
      assertThat(scene.events("orphan.removed")).hasSize(1);
      assertThat(scene.cloud("north").everything()).isEmpty();
      assertThat(scene.cloud("south").everything()).hasSize(1);
    }
  }

  @Test
  void whatAppearedWhileItsProviderWasAwayForAnHourIsRemoved() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      Token token = elsewhere(scene);
      scene.cloud("north").plan(Mishap.refuse("any", Fault.TRANSIENT, "down").times(0));
      passes(scene, Duration.ofHours(1), () -> false);
      assertThat(scene.events("orphan.removed")).isEmpty();
      assertThat(Sweep.until(scene.store, "north").orElseThrow()).isAfter(scene.clock.instant());
      scene.cloud("north").calm();
      passes(scene, Duration.ofHours(1), () -> isSwept(scene, token));
      assertThat(scene.events("orphan.removed")).hasSize(1);
      assertThat(scene.cloud("south").everything()).hasSize(1);
    }
  }

  @Test
  void whatCannotBeLookedForForAWeekIsTold() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      Token token = elsewhere(scene);
      scene.cloud("north").plan(Mishap.refuse("any", Fault.TRANSIENT, "down").times(0));
      passes(scene, Duration.ofDays(20), () -> isSwept(scene, token));
      assertThat(scene.events("orphan.possible"))
          .singleElement()
          .extracting(event -> event.content().path("message").asText())
          .asString()
          .contains("cannot be looked for");
      scene.cloud("north").calm();
      assertThat(scene.cloud("north").everything()).hasSize(1);
    }
  }

  private static void away(Scene scene, Duration time) {
    scene.shop().close();
    scene.clock.forward(time);
    scene.reopen(store -> store).start();
  }

  /** A machine is made at south, and one may appear at north within the minute. */
  private static Token elsewhere(Scene scene) {
    scene.cloud("north").plan(Mishap.late("create", Duration.ofSeconds(60)));
    Scene.Ordered ordered = scene.order("web");
    await().until(() -> scene.step(ordered.job()).equals("create.look"));
    Token token = Placed.of(scene.read(ordered.machine())).orElseThrow().token();
    scene.clock.forward(Duration.ofSeconds(15));
    assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
    assertThat(scene.cloud("north").everything()).isEmpty();
    return token;
  }

  /** Nobody looks any more. */
  private static boolean isSwept(Scene scene, Token token) {
    return !scene.store.write(Store.EVERYBODY, tx -> Sweep.has(tx, "north", token));
  }

  /** The clock goes on, in a hundred steps, until it is so or that time is over. */
  private static void passes(Scene scene, Duration most, Callable<Boolean> until) {
    Instant end = scene.clock.instant().plus(most);
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          scene.clock.forward(most.dividedBy(100));
          return until.call() || scene.clock.instant().isAfter(end);
        });
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
