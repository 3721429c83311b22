package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedAddress;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Floating addresses from a machine's order to its end, whatever their provider answers. */
class AddressLifeTest {
  private static final CloudScript CLOUD = Clouds.lending("alpha");
  private static final CloudScript SLOW_TO_DELETE =
      CloudScript.parse(Clouds.lendingText("alpha", "delays: { delete: PT1M }\n"));

  private static Scene.Ordered order(Scene scene) {
    return scene.order(scene.machineOrder("web", MachineState.STARTED).floating(true));
  }

  private static Row ended(Scene scene, Scene.Ordered ordered, String state) {
    Row job = scene.ended(ordered.job());
    assertThat(job.state()).as(job.document().toString()).isEqualTo(state);
    return job;
  }

  private static List<String> shown(Scene scene, Scene.Ordered ordered) {
    return scene
        .read(ordered.machine())
        .inner()
        .path("addresses")
        .valueStream()
        .map(address -> address.path("ip").asText())
        .toList();
  }

  private static String account(Scene scene, Scene.Ordered ordered) {
    return Placed.of(scene.read(ordered.machine())).orElseThrow().account();
  }

  private static void assertNothingAt(Scene scene, String cloud) {
    assertThat(scene.cloud(cloud).everyAddress()).isEmpty();
    assertThat(scene.cloud(cloud).everything()).isEmpty();
    assertThat(scene.cloud(cloud).everyVolume()).isEmpty();
  }

  /** The clock goes on until it is so. */
  private static void passes(Scene scene, Callable<Boolean> until) {
    await()
        .until(() -> {
          scene.clock.forward(Duration.ofSeconds(1));
          return until.call();
        });
  }

  @Test
  void anAddressIsLentOnceShownAndReleasedWithItsMachine() {
    try (Scene scene = new Scene(CLOUD).start()) {
      Scene.Ordered ordered = order(scene);
      ended(scene, ordered, "SUCCESS");
      assertThat(scene.addressesAtProviders())
          .extracting(ScriptedAddress::ip)
          .containsExactly("203.0.113.1");
      assertThat(shown(scene, ordered)).hasSize(2).startsWith("203.0.113.1");
      assertThat(scene.ended(scene.delete(ordered.machine())).state()).isEqualTo("SUCCESS");
      assertNothingAt(scene, "alpha");
    }
  }

  /** From the order on, although the provider has lent nothing yet and counts later. */
  @Test
  void anAddressThatIsOrderedIsNotLeftForOthersUntilItsMachineIsGone() {
    String two = Clouds.lendingText("alpha", "").replace("3] }", "3], quota: 2 }");
    try (Scene scene = new Scene(CloudScript.parse(two)).start()) {
      assertThat(left(scene)).isEqualTo(2);
      Scene.Ordered ordered = order(scene);
      await().until(() -> left(scene) == 1);
      ended(scene, ordered, "SUCCESS");
      assertThat(left(scene)).isEqualTo(1);
      scene.discover();
      assertThat(left(scene)).isEqualTo(1);
      ended(scene, scene.order("inside"), "SUCCESS");
      assertThat(left(scene)).isEqualTo(1);
      assertThat(scene.ended(scene.delete(ordered.machine())).state()).isEqualTo("SUCCESS");
      await().until(() -> left(scene) == 2);
    }
  }

  private static long left(Scene scene) {
    return scene
        .shop()
        .catalog()
        .offers(Scene.TENANT)
        .offers()
        .getFirst()
        .networkLeft()
        .addresses();
  }

  @Test
  void aMachineThatAsksForNoneGetsNone() {
    try (Scene scene = new Scene(CLOUD).start()) {
      ended(scene, scene.order("inside"), "SUCCESS");
      assertThat(scene.addressesAtProviders()).isEmpty();
    }
  }

  @Test
  void aLostAnswerIsFoundAndNoSecondAddressIsLent() {
    try (Scene scene = new Scene(CLOUD).start()) {
      scene.cloud("alpha").plan(Mishap.loseAnswer("lendAddress"));
      Scene.Ordered ordered = order(scene);
      ended(scene, ordered, "SUCCESS");
      assertThat(scene.addressesAtProviders()).hasSize(1);
      assertThat(shown(scene, ordered)).hasSize(2);
    }
  }

  @Test
  void whereNobodyTellsWhetherAnAddressIsLentTheMachineMovesOnAndLeavesNothing() {
    try (Scene scene = new Scene(SLOW_TO_DELETE, Clouds.lending("beta")).start()) {
      scene.cloud("alpha").plan(Mishap.late("lendAddress", Duration.ofSeconds(30)));
      Scene.Ordered ordered = order(scene);
      await().until(() -> scene.step(ordered.job()).equals("create.address"));
      passes(scene, () -> scene.state(ordered.job()).equals("SUCCESS"));
      assertThat(account(scene, ordered)).isEqualTo("beta");
      passes(scene, () -> releases(scene) > 0);
      passes(scene, () -> scene.cloud("alpha").everything().isEmpty());
      assertNothingAt(scene, "alpha");
      assertThat(scene.cloud("beta").everyAddress()).hasSize(1);
    }
  }

  @Test
  void anAddressThatComesWhileItsMachineIsDeletedIsReleased() {
    try (Scene scene = new Scene(SLOW_TO_DELETE).start()) {
      scene.cloud("alpha").plan(Mishap.late("lendAddress", Duration.ofSeconds(30)));
      Scene.Ordered ordered = order(scene);
      await().until(() -> scene.step(ordered.job()).equals("create.address"));
      String deletion = scene.delete(ordered.machine());
      passes(scene, () -> scene.state(deletion).equals("SUCCESS"));
      assertThat(scene.find(ordered.machine())).isEmpty();
      passes(scene, () -> releases(scene) > 0);
      assertNothingAt(scene, "alpha");
    }
  }

  private static long releases(Scene scene) {
    return scene.cloud("alpha").calls().stream()
        .filter(call -> call.call().equals("releaseAddress"))
        .count();
  }

  @Test
  void aPlaceWithoutAFreeAddressIsLeftAndNothingStaysThere() {
    for (Fault fault : List.of(Fault.QUOTA, Fault.CAPACITY, Fault.UNSUPPORTED)) {
      try (Scene scene = new Scene(CLOUD, Clouds.lending("beta")).start()) {
        scene.cloud("alpha").failNext("lendAddress", fault);
        Scene.Ordered ordered =
            scene.order(
                scene
                    .machineOrder("web", MachineState.STARTED)
                    .mounting(List.of(Scene.fresh("data")))
                    .floating(true));
        ended(scene, ordered, "SUCCESS");
        assertThat(account(scene, ordered)).isEqualTo("beta");
        assertNothingAt(scene, "alpha");
        assertThat(scene.cloud("beta").everyAddress()).hasSize(1);
      }
    }
  }

  @Test
  void whereNoPlaceHasAnAddressTheOrderFailsInItsWordsAndLeavesNothing() {
    try (Scene scene = new Scene(CLOUD).start()) {
      scene.cloud("alpha").plan(Mishap.refuse("lendAddress", Fault.QUOTA, "four are enough"));
      Row job = ended(scene, order(scene), "FAILED");
      assertThat(job.document().path("statusMessage").asText()).contains("four are enough");
      assertNothingAt(scene, "alpha");
    }
  }

  @Test
  void aCreationThatIsStoppedGivesItsAddressBack() {
    try (Scene scene = new Scene(CLOUD).start()) {
      scene.cloud("alpha").plan(Mishap.refuse("act", Fault.TRANSIENT, "busy").times(0));
      Scene.Ordered ordered =
          scene.order(scene.machineOrder("web", MachineState.STOPPED).floating(true));
      await().until(() -> scene.step(ordered.job()).equals("create.settle"));
      assertThat(scene.addressesAtProviders()).hasSize(1);
      String ignored = scene.stop(ordered.job());
      ended(scene, ordered, "STOPPED");
      assertNothingAt(scene, "alpha");
    }
  }

  @Test
  void aMachineThatVanishedGivesItsAddressBack() {
    try (Scene scene = new Scene(CLOUD).start()) {
      Scene.Ordered ordered = order(scene);
      ended(scene, ordered, "SUCCESS");
      scene.cloud("alpha").vanish(scene.cloud("alpha").everything().getFirst().id());
      scene.becomes(ordered.machine(), "ERROR");
      passes(scene, () -> scene.addressesAtProviders().isEmpty());
      assertThat(scene.ended(scene.delete(ordered.machine())).state()).isEqualTo("SUCCESS");
    }
  }
}
