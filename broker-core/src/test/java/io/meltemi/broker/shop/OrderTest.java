package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.account.AccountLimits;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Backstage;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTest {
  @Test
  void anOrderBecomesAMachineThatRuns() {
    try (Scene scene = new Scene(Clouds.slow("north", "create: PT0.3S")).start()) {
      Scene.Ordered ordered = scene.order("web");
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("SUCCESS");
      assertThat(job.document().path("progress").asInt()).isEqualTo(100);
      Row machine = scene.read(ordered.machine());
      assertThat(machine.state()).isEqualTo("STARTED");
      assertThat(machine.document().path("memory").asLong()).isEqualTo(1048576);
      assertThat(machine.inner().path("addresses")).isNotEmpty();
      assertThat(scene.machinesAtProviders()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerLostAfterCreationIsAdoptedNotRepeated() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      scene.cloud("north").failNext("create", Fault.UNKNOWN);
      Scene.Ordered ordered = scene.order("web");
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(calls(scene, "create")).isEqualTo(1);
      assertThat(scene.machinesAtProviders()).isEqualTo(1);
    }
  }

  @Test
  void aRequestThatGotLostIsMadeAgainUnderASubTokenWhenTheLookingIsOver() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      scene.cloud("north").plan(Mishap.loseRequest("create"));
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> calls(scene, "create") == 1);
      scene.clock.forward(Duration.ofSeconds(15));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesAtProviders()).isEqualTo(1);
    }
  }

  @Test
  void aMachineThatAppearsAfterItsOrderWentElsewhereIsRemoved() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      scene.cloud("north").plan(Mishap.late("create", Duration.ofSeconds(60)));
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> calls(scene, "create") == 1);
      scene.clock.forward(Duration.ofSeconds(15));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.cloud("south").everything()).hasSize(1);
      scene.clock.forward(Duration.ofSeconds(60));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> !scene.events("orphan.removed").isEmpty() && scene.machinesAtProviders() == 1);
      assertThat(scene.cloud("south").everything()).hasSize(1);
    }
  }

  @Test
  void anOfferThatIsFullHandsTheOrderToTheNextAndTheReasonIsKept() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      scene.cloud("north").failNext("create", Fault.CAPACITY);
      Scene.Ordered ordered = scene.order("web");
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("SUCCESS");
      assertThat(job.document().path("statusMessage").asText())
          .startsWith("STARTED at south, ")
          .contains("; before: north: CAPACITY: ");
      assertThat(scene.cloud("north").everything()).isEmpty();
      assertThat(scene.cloud("south").everything()).hasSize(1);
    }
  }

  @Test
  void anAccountThatIsGoneHasNoOffers() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      scene.store.write(
          Store.EVERYBODY,
          transaction -> {
            transaction.delete(transaction.find("accounts/north").orElseThrow());
            return true;
          });
      await()
          .until(() ->
              scene.shop().catalog().offers(Scene.TENANT).offers().stream()
                  .allMatch(offer -> offer.account().equals("south")));
    }
  }

  /** The order is for one CPU; south has machines of two only. */
  @ParameterizedTest
  @CsvSource({"2, SUCCESS, 2", "1, FAILED, 0"})
  void theQuotaOfTheTenantCountsWhatTheNextOfferGives(long limit, String end, long held) {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.large("south")).start()) {
      scene.quota(limit);
      scene.cloud("north").failNext("create", Fault.CAPACITY);
      Scene.Ordered ordered = scene.order("web");
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo(end);
      assertThat(scene.cloud("south").everything()).hasSize(held == 0 ? 0 : 1);
      assertThat(scene.store.claimed("tenant:" + Scene.TENANT).cpu()).isEqualTo(held);
    }
  }

  @Test
  void whenNoOfferTakesTheOrderTheMachineSaysWhyInTheProvidersWords() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      scene.cloud("north").plan(Mishap.refuse("create", Fault.QUOTA, "11 machines are too many"));
      Scene.Ordered ordered = scene.order("web");
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("FAILED");
      assertThat(job.document().path("statusMessage").asText())
          .contains("north", "QUOTA", "11 machines are too many");
      assertThat(scene.state(ordered.machine())).isEqualTo("ERROR");
    }
  }

  @Test
  void asManyOrdersAreBeforeAProviderAsItBearsCallsAtOnce() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      scene.cloud("north").plan(Mishap.hang("create", Duration.ofSeconds(5)).times(0));
      List<Scene.Ordered> all =
          IntStream.range(0, AccountLimits.LOCAL.parallel())
              .mapToObj(number -> scene.order("web-" + number))
              .toList();
      await().until(() -> all.stream().allMatch(ordered -> asked(scene, ordered)));
      assertThat(scene.cloud("north").everything()).isEmpty();
    }
  }

  private static boolean asked(Scene scene, Scene.Ordered ordered) {
    return Placed.of(scene.read(ordered.machine())).orElseThrow().asked().isPresent();
  }

  @Test
  void aWrongOrderFailsAtOnceAndIsTriedNowhereElse() {
    try (Scene scene = new Scene(Clouds.quick("north"), Clouds.quick("south")).start()) {
      scene.cloud("north").plan(Mishap.refuse("create", Fault.BAD_REQUEST, "no such thing"));
      Scene.Ordered ordered = scene.order("web");
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("FAILED");
      assertThat(job.document().path("statusMessage").asText()).contains("no such thing");
      assertThat(scene.cloud("south").calls()).noneMatch(call -> call.call().equals("create"));
    }
  }

  @Test
  void aFailureThatPassesIsTriedAgainAndAsLateAsTheProviderAsks() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      scene
          .cloud("north")
          .plan(
              new Mishap(
                  "create",
                  0,
                  java.util.OptionalInt.of(1),
                  new Mishap.Refuse(
                      Fault.TRANSIENT,
                      java.util.Optional.of("too busy"),
                      java.util.Optional.of(Duration.ofSeconds(2)))));
      Scene.Ordered ordered = scene.order("web");
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      List<Instant> creates =
          scene.cloud("north").calls().stream()
              .filter(call -> call.call().equals("create"))
              .map(Backstage.Call::at)
              .toList();
      assertThat(Duration.between(creates.getFirst(), creates.getLast()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }
  }

  /** Each pause is at least half of twice the one before, whatever chance adds. */
  @Test
  void aProviderThatRefusesAgainAndAgainIsAskedAfterGrowingPauses() {
    Duration first = Duration.ofSeconds(4);
    try (Scene scene = new Scene(Clouds.quick("north")).pausing(first).start()) {
      scene.cloud("north").plan(Mishap.refuse("create", Fault.TRANSIENT, "not now").times(3));
      Scene.Ordered ordered = scene.order("web");
      for (int tries = 1; tries <= 3; tries++) {
        Instant due = scene.tried(ordered.job(), tries).due();
        Instant asked =
            scene.cloud("north").calls().stream()
                .filter(call -> call.call().equals("create"))
                .map(Backstage.Call::at)
                .toList()
                .getLast();
        Duration wanted = first.multipliedBy(1L << (tries - 1));
        assertThat(Duration.between(asked, due))
            .as("after refusal " + tries)
            .isBetween(wanted.dividedBy(2), wanted.plusSeconds(2));
        assertThat(calls(scene, "create")).as("nobody asks meanwhile").isEqualTo(tries);
        scene.clock.forward(Duration.between(scene.clock.instant(), due));
      }
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(calls(scene, "create")).isEqualTo(4);
    }
  }

  @Test
  void aMachineThatEndsInErrorWhileBuiltIsRemovedAndMadeElsewhere() {
    try (Scene scene =
        new Scene(Clouds.slow("north", "create: PT0.3S"), Clouds.quick("south")).start()) {
      scene.cloud("north").plan(Mishap.endBadly("no valid host"));
      Scene.Ordered ordered = scene.order("web");
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("SUCCESS");
      assertThat(job.document().path("statusMessage").asText()).endsWith(": no valid host");
      await().until(() -> scene.cloud("north").everything().isEmpty());
      assertThat(scene.cloud("south").everything()).hasSize(1);
    }
  }

  @Test
  void aMachineThatEndsInErrorEverywhereWasTriedOnceAtEachOffer() {
    try (Scene scene =
        new Scene(Clouds.slow("north", "create: PT0.3S"), Clouds.slow("south", "create: PT0.3S"))) {
      scene.start();
      scene.cloud("north").plan(Mishap.endBadly("no valid host"));
      scene.cloud("south").plan(Mishap.endBadly("the host caught fire"));
      Scene.Ordered ordered = scene.order("web");
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("FAILED");
      assertThat(job.document().path("statusMessage").asText())
          .contains("no valid host", "the host caught fire");
      assertThat(calls(scene, "create")).isEqualTo(1);
      assertThat(scene.cloud("south").calls().stream().filter(call -> call.call().equals("create")))
          .hasSize(1);
      await().until(() -> scene.machinesAtProviders() == 0);
    }
  }

  @Test
  void aMachineOrderedPausedIsMadeStartedAndPausedAsPartsOfOneJob() {
    try (Scene scene = new Scene(Clouds.quick("north")).start()) {
      Scene.Ordered ordered = scene.order(scene.machineOrder("web", MachineState.PAUSED));
      Row job = scene.ended(ordered.job());
      assertThat(job.state()).isEqualTo("SUCCESS");
      assertThat(scene.state(ordered.machine())).isEqualTo("PAUSED");
      assertThat(job.document().path("nestedJobs")).hasSize(3);
      job.document()
          .path("nestedJobs")
          .forEach(
              part -> assertThat(scene.state(part.path("href").asText())).isEqualTo("SUCCESS"));
    }
  }

  @Test
  void whatStandsAsItWasOrderedIsReadOnce() {
    try (Scene scene = new Scene(Clouds.script("north", "silent: true\n")).start()) {
      scene.started("web");
      scene.available("data");
      assertThat(calls(scene, "machine")).isEqualTo(1);
      assertThat(calls(scene, "volume")).isEqualTo(1);
    }
  }

  @Test
  void aStoppedCreationLeavesNothingBehind() {
    try (Scene scene = new Scene(Clouds.slow("north", "create: PT60S")).start()) {
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> scene.machinesAtProviders() == 1);
      scene.stop(ordered.job());
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("STOPPED");
      assertThat(scene.state(ordered.machine())).isEqualTo("gone");
      assertThat(scene.machinesAtProviders()).isZero();
    }
  }

  @Test
  void thePasswordOfAnOrderIsNotReadableInTheStore() {
    try (Scene scene = new Scene(Clouds.slow("north", "create: PT60S")).start()) {
      Scene.Ordered ordered = scene.order("web");
      String memory =
          scene.store.write(
              Scene.TENANT, tx -> tx.task(ordered.job()).orElseThrow().memory().toString());
      assertThat(memory).contains("order").doesNotContain("hush");
    }
  }

  private static long calls(Scene scene, String call) {
    return scene.cloud("north").calls().stream().filter(one -> one.call().equals(call)).count();
  }
}
