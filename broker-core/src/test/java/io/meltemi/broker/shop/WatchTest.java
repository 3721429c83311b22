package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchTest {
  @Test
  void theConnectorOfADeletedAccountIsClosed() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      await().until(() -> scene.shop().connectors().loads().size() == 2);
      Row account = scene.read("accounts/north");
      Row ignored =
          scene.store.write(
              Store.EVERYBODY,
              transaction -> {
                transaction.delete(account);
                return account;
              });
      await().until(() -> scene.shop().connectors().loads().keySet().equals(Set.of("south")));
    }
  }

  @Test
  void aMachineStoppedBehindOurBackIsSeenWithItsReason() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      String there = scene.cloud("north").everything().getFirst().id();
      scene.cloud("north").turn(there, MachineState.STOPPED, "its host was rebooted");
      scene.becomes(machine, "STOPPED");
      Event drift = scene.events("drift").getFirst();
      assertThat(drift.resource()).isEqualTo(machine);
      assertThat(drift.content().path("message").asText())
          .contains("STARTED", "STOPPED", "its host was rebooted");
    }
  }

  @Test
  void aMachineThatVanishedIsInErrorAndCostsNothingAnyMore() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      String there = scene.cloud("north").everything().getFirst().id();
      scene.cloud("north").vanish(there);
      scene.becomes(machine, "ERROR");
      assertThat(scene.read(machine).inner().path("reason").asText()).contains("no longer");
      assertThat(
              scene.store.usage(
                  Scene.TENANT, scene.clock.instant(), scene.clock.instant().plusSeconds(1)))
          .isEmpty();
      assertThat(scene.ended(scene.delete(machine)).state()).isEqualTo("SUCCESS");
    }
  }

  @Test
  void aJobThatWaitsLooksAtOnceWhenTheProviderTellsOfAChange() {
    try (Scene scene = new Scene(Clouds.slow("north", "create: PT48H")).start()) {
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> rests(scene, ordered.job()));
      scene.clock.forward(Duration.ofHours(-24));
      String there = scene.cloud("north").everything().getFirst().id();
      scene.cloud("north").turn(there, MachineState.STARTED, "its host was quick");
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
    }
  }

  /** It has just begun a pause of more than a moment. */
  private static boolean rests(Scene scene, String job) {
    return scene
        .store
        .write(Store.EVERYBODY, transaction -> transaction.task(job))
        .filter(task -> task.owner().isEmpty())
        .filter(task -> task.due().isAfter(scene.clock.instant().plusMillis(300)))
        .isPresent();
  }

  @Test
  void aSilentProviderIsWatchedToo() {
    try (Scene scene = new Scene(Clouds.script("north", "silent: true\n")).start()) {
      String machine = scene.started("web");
      String there = scene.cloud("north").everything().getFirst().id();
      scene.cloud("north").turn(there, MachineState.STOPPED, "power cut");
      scene.becomes(machine, "STOPPED");
    }
  }

  @Test
  void whatAJobDoesIsNotReportedAsDrift() {
    try (Scene scene = new Scene(Clouds.slow("north", "stop: PT0.5S")).start()) {
      String machine = scene.started("web");
      scene.ended(scene.act(machine, MachineAction.STOP));
      scene.ended(scene.act(machine, MachineAction.START));
      assertThat(scene.events("drift")).isEmpty();
    }
  }

  @Test
  void aMachineOfSomebodyElseIsNeverTouched() {
    String stranger =
        "strangers: [ { name: old-db, place: north-1, size: small, image: north-debian } ]\n";
    try (Scene scene = new Scene(Clouds.script("north", stranger)).start()) {
      scene.started("web");
      assertThat(scene.cloud("north").everything()).hasSize(2);
      assertThat(scene.events("orphan.removed")).isEmpty();
    }
  }

  @Test
  void quotaThatIsTakenAwayShowsInTheOffersWithinACycle() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      assertThat(left(scene)).isEqualTo(10);
      scene.started("web");
      await().until(() -> left(scene) == 9);
      scene.cloud("north").quota(new io.meltemi.pivot.Amount(1, 10, 10_000_000, 100_000_000));
      scene.discover();
      await().until(() -> left(scene) == 0);
    }
  }

  private static long left(Scene scene) {
    return scene.shop().catalog().offers(Scene.TENANT).offers().getFirst().quotaLeft().machines();
  }

  @Test
  void anAccountWhoseCredentialsAreRefusedHasNoOffersAndSaysSo() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      scene.cloud("north").password("changed");
      scene.discover();
      assertThat(scene.shop().catalog().offers(Scene.TENANT).offers()).isEmpty();
      assertThat(scene.store.all("Account").getFirst().document().path("error").asText())
          .contains("password");
    }
  }
}
