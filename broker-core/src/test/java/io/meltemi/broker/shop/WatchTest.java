package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.account.Account;
import io.meltemi.broker.account.Errand;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
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
  void aMachineResizedBehindOurBackIsToldAndItsMappingAndUseFollow() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      assertThat(mapping(scene, machine))
          .contains(
              "cpu EXACT 1 CPUs", "memory EXACT 1048576 KiB", "machineConfig EXACT one CPU, 1 GiB");
      String there = scene.cloud("north").everything().getFirst().id();
      scene.cloud("north").resize(there, new Amount(1, 2, 2_097_152, 10_000_000));
      assertThat(drift(scene, machine))
          .isEqualTo(
              "cpu was 1, and the provider shows 2;"
                  + " memory was 1048576, and the provider shows 2097152");
      assertThat(scene.read(machine).document().path("cpu").asInt()).isEqualTo(2);
      assertThat(mapping(scene, machine))
          .contains("cpu APPROXIMATED 2 CPUs", "memory APPROXIMATED 2097152 KiB")
          .noneMatch(line -> line.startsWith("machineConfig"));
      Instant now = scene.clock.instant();
      assertThat(scene.store.usage(Scene.TENANT, now, now.plusSeconds(1)))
          .extracting(use -> use.amount().cpu())
          .containsExactly(2L);
    }
  }

  /** Of each attribute how it is carried and what is given. */
  private static List<String> mapping(Scene scene, String id) {
    return Placed.mapping(scene.read(id).inner())
        .valueStream()
        .map(each ->
            each.path("attribute").asText()
                + " "
                + each.path("fidelity").asText()
                + " "
                + each.path("given").asText())
        .toList();
  }

  /** What the only event of this type tells, once it is there. */
  private static String drift(Scene scene, String id) {
    await().until(() -> !scene.events("drift").isEmpty());
    Event only = scene.events("drift").getFirst();
    assertThat(scene.events("drift")).hasSize(1);
    assertThat(only.resource()).isEqualTo(id);
    return only.content().path("message").asText();
  }

  @Test
  void whatChangesAtOnceIsToldInOneEvent() {
    try (Scene scene = new Scene(Clouds.script("north", "silent: true\n")).start()) {
      String machine = scene.started("web");
      String there = scene.cloud("north").everything().getFirst().id();
      Account account = scene.shop().accounts().find("north").orElseThrow();
      scene.shop().close();
      scene.cloud("north").turn(there, MachineState.STOPPED, "it was moved");
      scene.cloud("north").resize(there, new Amount(1, 4, 1_048_576, 10_000_000));
      scene.reopen(UnaryOperator.identity());
      Errand.run(() -> scene.shop().watcher().look(account));
      assertThat(drift(scene, machine))
          .isEqualTo(
              "was STARTED, and the provider shows STOPPED: it was moved;"
                  + " cpu was 1, and the provider shows 4");
    }
  }

  @Test
  void aVolumeExtendedBehindOurBackIsToldAndItsMappingFollows() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String volume = scene.available("data");
      String there = scene.volumesAtProviders().getFirst().id();
      scene.cloud("north").resize(there, new Amount(0, 0, 0, 3_000_000, 1));
      assertThat(drift(scene, volume))
          .isEqualTo("capacity was 2000000, and the provider shows 3000000");
      assertThat(scene.read(volume).document().path("capacity").asLong()).isEqualTo(3_000_000);
      assertThat(mapping(scene, volume)).contains("capacity APPROXIMATED 3000000 kB");
    }
  }

  @Test
  void whatIsCalledOtherwiseAtItsProviderIsTold() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      scene.cloud("north").rename(scene.cloud("north").everything().getFirst().id(), "relic");
      assertThat(drift(scene, machine)).isEqualTo("its name at the provider was web and is relic");
      assertThat(mapping(scene, machine)).contains("name APPROXIMATED relic");
      assertThat(scene.read(machine).name()).isEqualTo("web");
      String volume = scene.available("data");
      scene.cloud("north").rename(scene.volumesAtProviders().getFirst().id(), "attic");
      await().until(() -> mapping(scene, volume).contains("name APPROXIMATED attic"));
      assertThat(scene.events("drift").getLast().content().path("message").asText())
          .isEqualTo("its name at the provider was data and is attic");
    }
  }

  @Test
  void whatIsUnderWayAtTheProviderAndDoesNotEndIsToldOnce() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      String there = scene.cloud("north").everything().getFirst().id();
      scene.cloud("north").turn(there, MachineState.STOPPING, "somebody moves it");
      scene.looks(2);
      scene.clock.forward(Duration.ofMinutes(5));
      scene.looks(2);
      assertThat(scene.state(machine)).isEqualTo("STARTED");
      scene.clock.forward(Duration.ofMinutes(5));
      scene.becomes(machine, "ERROR");
      assertThat(reason(scene, machine)).contains("has shown STOPPING since");
      scene.looks(2);
      assertThat(scene.events("reason")).hasSize(1);
      scene.cloud("north").turn(there, MachineState.STARTED, "");
      scene.becomes(machine, "STARTED");
      assertThat(reason(scene, machine)).isEmpty();
    }
  }

  /** An order that was given up, or a gap in the provider's answers: no job waits for it. */
  @Test
  void aMachineThatIsBackAndNeverReadyIsTold() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      String machine = scene.started("web");
      String there = scene.cloud("north").everything().getFirst().id();
      scene.cloud("north").plan(Mishap.hide("any").times(0));
      scene.becomes(machine, "ERROR");
      scene.cloud("north").turn(there, MachineState.CREATING, "");
      scene.cloud("north").calm();
      scene.becomes(machine, "CREATING");
      scene.looks(2);
      scene.clock.forward(Duration.ofMinutes(10));
      scene.becomes(machine, "ERROR");
      assertThat(reason(scene, machine)).contains("has shown CREATING since");
    }
  }

  /** Each machine that is made changes, and its job looks at it. */
  @Test
  void whatJobsWorkOnMakesNobodyReadTheWholeAccount() {
    try (Scene scene = new Scene(Clouds.slow("north", "create: PT0.3S"))) {
      scene.watchEach(Duration.ofMinutes(5)).start();
      scene.looks(1);
      List<Scene.Ordered> ordered =
          IntStream.range(0, 8).mapToObj(number -> scene.order("web-" + number)).toList();
      ordered.forEach(each -> scene.becomes(each.machine(), "STARTED"));
      assertThat(scene.lists()).isLessThan(4);
      String there = scene.cloud("north").everything().getFirst().id();
      scene.cloud("north").turn(there, MachineState.STOPPED, "");
      await()
          .until(
              () -> ordered.stream().anyMatch(it -> scene.state(it.machine()).equals("STOPPED")));
    }
  }

  private static String reason(Scene scene, String machine) {
    return scene.read(machine).inner().path("reason").asText();
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
      scene.cloud("north").quota(new Amount(1, 10, 10_000_000, 100_000_000));
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
