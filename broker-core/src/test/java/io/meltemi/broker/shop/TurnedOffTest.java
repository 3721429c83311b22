package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.Errand;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.watch.Doctor;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Backstage;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.Offer;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Accounts that are disabled take no orders, and what stands there is looked after as before. */
class TurnedOffTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static void turn(Scene scene, String state, String account) {
    scene.store.write(
        Store.EVERYBODY,
        transaction -> {
          Row row = transaction.find(Accounts.path(account)).orElseThrow();
          transaction.update(row.withState(state));
          return true;
        });
  }

  private static Set<String> offering(Scene scene) {
    return scene.shop().catalog().offers(Scene.TENANT).offers().stream()
        .map(Offer::account)
        .collect(Collectors.toSet());
  }

  private static long asked(Scene scene, String cloud, String call) {
    return scene.cloud(cloud).calls().stream()
        .map(Backstage.Call::call)
        .filter(call::equals)
        .count();
  }

  private static String account(Scene scene, String machine) {
    return Placed.of(scene.read(machine)).orElseThrow().account();
  }

  @Test
  void anAccountThatIsDisabledOffersNothingAtOnceThoughItsProviderHangs() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south"))) {
      scene.cloud("north").plan(Mishap.hang("facts", Duration.ofSeconds(5)));
      scene.start();
      await().until(() -> asked(scene, "north", "facts") >= 2);
      turn(scene, "DISABLED", "north");
      assertThat(offering(scene)).containsExactly("south");
      turn(scene, "ENABLED", "north");
      assertThat(offering(scene)).containsExactlyInAnyOrder("north", "south");
    }
  }

  @Test
  void anAnswerThatComesAfterAnAccountWasDisabledIsNotOffered() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      Account north = scene.shop().accounts().find("north").orElseThrow();
      turn(scene, "DISABLED", "north");
      await().until(() -> offering(scene).equals(Set.of("south")));
      Errand.run(() -> scene.shop().discovery().discover(north));
      assertThat(offering(scene)).containsExactly("south");
      turn(scene, "ENABLED", "north");
      await().until(() -> offering(scene).equals(Set.of("north", "south")));
    }
  }

  @Test
  void anOrderThatIsNotAskedForYetGoesElsewhereAndTellsWhy() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      scene.cloud("north").plan(Mishap.refuse("create", Fault.TRANSIENT, "out to lunch").times(0));
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> asked(scene, "north", "create") >= 1);
      turn(scene, "DISABLED", "north");
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("SUCCESS");
      assertThat(job.document().path("statusMessage").asText())
          .startsWith("STARTED at south, ")
          .contains("; before: north: ", "disabled");
    }
  }

  @Test
  void whatStandsThereIsLookedAfterAndWhatAppearsLateIsRemoved() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      String web = scene.started("web");
      scene.cloud("north").plan(Mishap.late("create", Duration.ofSeconds(60)));
      Scene.Ordered late = scene.order("late");
      await().until(() -> asked(scene, "north", "create") == 2);
      turn(scene, "DISABLED", "north");
      scene.clock.forward(Duration.ofSeconds(15));
      assertThat(scene.ended(late.job()).state()).isEqualTo("SUCCESS");
      assertThat(account(scene, late.machine())).isEqualTo("south");

      assertThat(scene.ended(scene.act(web, MachineAction.STOP)).state()).isEqualTo("SUCCESS");
      assertThat(scene.ended(scene.act(web, MachineAction.START)).state()).isEqualTo("SUCCESS");
      String there = Placed.of(scene.read(web)).orElseThrow().handle().orElseThrow().value();
      scene.cloud("north").turn(there, MachineState.STOPPED, "its host was rebooted");
      scene.becomes(web, "STOPPED");

      scene.clock.forward(Duration.ofSeconds(60));
      await().atMost(PATIENCE).until(() -> !scene.events("orphan.removed").isEmpty());
      await().atMost(PATIENCE).until(() -> scene.cloud("north").everything().size() == 1);

      assertThat(scene.ended(scene.delete(web)).state()).isEqualTo("SUCCESS");
      assertThat(scene.cloud("north").everything()).isEmpty();
      assertThat(account(scene, scene.started("next"))).isEqualTo("south");
    }
  }

  @Test
  void theDoctorAsksItToo() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String web = scene.started("web");
      turn(scene, "DISABLED", "north");
      scene.shop().watcher().close();
      scene.cloud("north").vanish(scene.cloud("north").everything().getFirst().id());
      assertThat(
              new Doctor(
                      scene.store, scene.shop().accounts(), scene.shop().connectors(), scene.clock)
                  .look())
          .singleElement()
          .matches(finding -> finding.row().orElseThrow().id().equals(web));
    }
  }
}
