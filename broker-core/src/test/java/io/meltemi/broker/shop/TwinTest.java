package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.job.Sweep;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.watch.Doctor;
import io.meltemi.broker.watch.Finding;
import io.meltemi.broker.watch.Finding.Sort;
import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.connector.scripted.ScriptedConnectorFactory;
import io.meltemi.connector.scripted.ScriptedMachine;
import io.meltemi.connector.scripted.ScriptedNetwork;
import io.meltemi.connector.scripted.ScriptedVolume;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Terms;
import io.meltemi.pivot.VolumeOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A second thing bears the marks of one of ours. People make such things: a volume that is restored
 * from a backup gets its metadata, a server is built anew by hand with that of another. They stay.
 * Only what may come of an order whose answer was lost goes.
 */
class TwinTest {
  private static final CloudScript CLOUD = Clouds.connected("north");

  private enum Kind {
    MACHINE(
        "create",
        scene -> scene.order("own"),
        Scene::delete,
        scene ->
            scene.cloud("north").everything().stream()
                .filter(each -> each.state() != MachineState.DELETING)
                .map(ScriptedMachine::id)
                .toList()),
    VOLUME(
        "createVolume",
        scene -> scene.orderVolume("own"),
        Scene::deleteVolume,
        scene -> scene.volumesAtProviders().stream().map(ScriptedVolume::id).toList()),
    NETWORK(
        "createNetwork",
        scene -> scene.orderNetwork("own"),
        Scene::deleteNetwork,
        scene -> scene.networksAtProviders().stream().map(ScriptedNetwork::id).toList());

    private final String call;
    private final Function<Scene, Scene.Ordered> order;
    private final BiFunction<Scene, String, String> delete;
    private final Function<Scene, List<String>> there;

    Kind(
        String call,
        Function<Scene, Scene.Ordered> order,
        BiFunction<Scene, String, String> delete,
        Function<Scene, List<String>> there) {
      this.call = call;
      this.order = order;
      this.delete = delete;
      this.there = there;
    }

    /** One that was ordered and is there. */
    String ordered(Scene scene) {
      Scene.Ordered ordered = order.apply(scene);
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      return ordered.machine();
    }

    /** Ids of all that the cloud has. */
    List<String> there(Scene scene) {
      return there.apply(scene);
    }

    void deleted(Scene scene, String id) {
      assertThat(scene.ended(delete.apply(scene, id)).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(id)).isEqualTo("gone");
    }

    /** Id of another one that gets the marks of one of ours at the provider. */
    String second(Scene scene, Token token) {
      Connector provider = provider(scene);
      return switch (this) {
        case MACHINE ->
            provider
                .machines()
                .create(
                    scene.machineOrder("second", MachineState.STARTED),
                    new Spot("north-1", Optional.of("small"), "north-debian"),
                    token)
                .value();
        case VOLUME ->
            provider
                .volumes()
                .create(
                    new VolumeOrder("second", 2_000_000, Optional.empty(), Terms.NONE),
                    new VolumeSpot("north-1", Optional.of("disk"), Optional.empty()),
                    token)
                .value();
        case NETWORK ->
            provider
                .networks()
                .create(
                    new NetworkOrder("second", Optional.of("10.78.0.0/24"), Terms.NONE),
                    "north-1",
                    token)
                .value();
      };
    }
  }

  private static Connector provider(Scene scene) {
    return new ScriptedConnectorFactory(List.of(scene.cloud("north")))
        .open(
            Map.of("address", "memory:north"),
            new ConnectorFactory.Context(
                "north", scene.clock, Gateway.allowing(List.of()), Optional.empty()));
  }

  private static Token token(Scene scene, String id) {
    return Placed.of(scene.read(id)).orElseThrow().token();
  }

  private static List<Finding> doctor(Scene scene) {
    return new Doctor(scene.store, scene.shop().accounts(), scene.shop().connectors(), scene.clock)
        .look();
  }

  /** The doctor tells of this second one of ours, and of nothing else. */
  private static void isListed(Scene scene, String id, String second) {
    Finding finding = doctor(scene).getFirst();
    assertThat(finding.sort()).isEqualTo(Sort.TWIN);
    assertThat(finding.there().map(seen -> seen.handle().value())).contains(second);
    assertThat(finding.row().orElseThrow().id()).isEqualTo(id);
    assertThat(finding.removable()).isFalse();
    assertThat(doctor(scene)).hasSize(1);
  }

  private static void nothingWasRemoved(Scene scene) {
    assertThat(scene.events("twin.removed")).isEmpty();
    assertThat(scene.events("orphan.removed")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsRestoredWithTheMarksOfOneOfOursMinutesAfterTheOrderIsToldOnceAndStays(Kind kind) {
    try (Scene scene = new Scene(CLOUD).start()) {
      String id = kind.ordered(scene);
      scene.clock.forward(Duration.ofMinutes(5));
      String own = kind.there(scene).getFirst();
      String restored = kind.second(scene, token(scene, id));
      await().until(() -> !scene.events("twin.found").isEmpty());
      scene.looks(4);
      Event told = scene.events("twin.found").getFirst();
      assertThat(scene.events("twin.found")).hasSize(1);
      assertThat(told.resource()).isEqualTo(id);
      assertThat(told.tenant()).isEqualTo(Scene.TENANT);
      assertThat(told.content().path("message").asText()).contains(restored, own, "not touched");
      isListed(scene, id, restored);
      scene.clock.forward(Duration.ofHours(1));
      scene.looks(4);
      assertThat(kind.there(scene)).containsExactlyInAnyOrder(own, restored);
      nothingWasRemoved(scene);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whoDeletesTheirsDoesNotLoseWhatWasRestored(Kind kind) {
    try (Scene scene = new Scene(CLOUD).start()) {
      String id = kind.ordered(scene);
      String restored = kind.second(scene, token(scene, id));
      kind.deleted(scene, id);
      scene.clock.forward(Duration.ofSeconds(10));
      scene.looks(4);
      assertThat(kind.there(scene)).containsExactly(restored);
      nothingWasRemoved(scene);
      assertThat(doctor(scene)).singleElement().extracting(Finding::sort).isEqualTo(Sort.ORPHAN);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "NETWORK", mode = EnumSource.Mode.EXCLUDE)
  void whatWasRestoredIsNotTakenForWhatVanished(Kind kind) {
    try (Scene scene = new Scene(CLOUD).start()) {
      String id = kind.ordered(scene);
      String own = kind.there(scene).getFirst();
      String restored = kind.second(scene, token(scene, id));
      await().until(() -> !scene.events("twin.found").isEmpty());
      scene.cloud("north").vanish(own);
      scene.becomes(id, "ERROR");
      scene.looks(4);
      assertThat(scene.state(id)).isEqualTo("ERROR");
      assertThat(doctor(scene)).extracting(Finding::sort).contains(Sort.TWIN, Sort.DRIFT);
      kind.deleted(scene, id);
      scene.clock.forward(Duration.ofSeconds(10));
      scene.looks(4);
      assertThat(kind.there(scene)).containsExactly(restored);
      nothingWasRemoved(scene);
    }
  }

  /** For a moment the provider shows nothing; the row then takes what it had, first in no list. */
  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "NETWORK", mode = EnumSource.Mode.EXCLUDE)
  void whatIsShownAgainIsTheOneThatTheRowHad(Kind kind) {
    try (Scene scene = new Scene(CLOUD).start()) {
      String id = kind.ordered(scene);
      Handle own = Placed.of(scene.read(id)).flatMap(Placed::handle).orElseThrow();
      String restored = kind.second(scene, token(scene, id));
      String before = scene.state(id);
      scene.cloud("north").plan(Mishap.hide("any").times(0));
      scene.becomes(id, "ERROR");
      scene.cloud("north").calm();
      scene.becomes(id, before);
      assertThat(Placed.of(scene.read(id)).flatMap(Placed::handle)).contains(own);
      isListed(scene, id, restored);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void afterALostAnswerASecondOneIsRemovedUntilNothingMoreCanAppear(Kind kind) {
    try (Scene scene = new Scene(CLOUD).start()) {
      scene.cloud("north").failNext(kind.call, Fault.UNKNOWN);
      String id = kind.ordered(scene);
      String own = kind.there(scene).getFirst();
      Token token = token(scene, id);
      scene.clock.forward(Duration.ofSeconds(100));
      String late = kind.second(scene, token);
      assertThat(doctor(scene)).isEmpty();
      scene.clock.forward(Duration.ofSeconds(1));
      await().until(() -> !scene.events("twin.removed").isEmpty());
      await().until(() -> kind.there(scene).equals(List.of(own)));
      assertThat(scene.events("twin.removed"))
          .singleElement()
          .extracting(event -> event.content().path("handle").asText())
          .isEqualTo(late);
      assertThat(scene.events("twin.found")).isEmpty();

      scene.clock.forward(Duration.ofSeconds(30));
      await().until(() -> !isSwept(scene, token));
      String copy = kind.second(scene, token);
      await().until(() -> !scene.events("twin.found").isEmpty());
      scene.looks(4);
      assertThat(kind.there(scene)).containsExactlyInAnyOrder(own, copy);
    }
  }

  private static boolean isSwept(Scene scene, Token token) {
    return scene.store.write(Store.EVERYBODY, tx -> Sweep.has(tx, "north", token));
  }

  /** Its second write would have been the handle. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void afterAKillBeforeTheAnswerWasStoredASecondOneIsRemoved(Kind kind) {
    try (Scene scene = new Scene(CLOUD)) {
      Kills.Killed order = Kills.killed(scene, 2, true, kind.order);
      assertThat(order.died()).isTrue();
      assertThat(scene.ended(order.asked().job()).state()).isEqualTo("SUCCESS");
      String own = kind.there(scene).getFirst();
      String late = kind.second(scene, token(scene, order.asked().machine()));
      scene.clock.forward(Duration.ofSeconds(1));
      await().until(() -> kind.there(scene).equals(List.of(own)));
      assertThat(scene.events("twin.removed"))
          .singleElement()
          .extracting(event -> event.content().path("handle").asText())
          .isEqualTo(late);
    }
  }

  /** The broker is away while the second one appears and its time runs out. */
  @Test
  void whatComesOfALostAnswerWhileTheBrokerIsAwayForAnHourIsRemoved() {
    try (Scene scene = new Scene(CLOUD).start()) {
      scene.cloud("north").failNext("create", Fault.UNKNOWN);
      String id = Kind.MACHINE.ordered(scene);
      String own = Kind.MACHINE.there(scene).getFirst();
      scene.shop().close();
      Kind.MACHINE.second(scene, token(scene, id));
      scene.clock.forward(Duration.ofHours(1));
      scene.reopen(store -> store).start();
      await().until(() -> !isSwept(scene, token(scene, id)));
      assertThat(Kind.MACHINE.there(scene)).containsExactly(own);
    }
  }

  @Test
  void whatFailsAfterItsAnswerCameTakesNoCopyAlong() {
    try (Scene scene = new Scene(Clouds.slow("north", "create: PT5M")).start()) {
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> scene.step(ordered.job()).equals("create.build"));
      String own = Kind.MACHINE.there(scene).getFirst();
      String copy = Kind.MACHINE.second(scene, token(scene, ordered.machine()));
      scene.cloud("north").turn(own, MachineState.ERROR, "its host burned down");
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("FAILED");
      await().until(() -> Kind.MACHINE.there(scene).equals(List.of(copy)));
      scene.clock.forward(Duration.ofSeconds(10));
      scene.looks(4);
      assertThat(Kind.MACHINE.there(scene)).containsExactly(copy);
    }
  }

  /** It was to stay while others that bear its token are looked for; then it is given up. */
  @Test
  void whatWasFoundAfterALostAnswerAndFailsGoesWithAllThatBearsItsToken() {
    CloudScript slow = Clouds.slow("north", "create: PT5M");
    try (Scene scene = new Scene(slow, Clouds.quick("south")).start()) {
      scene.cloud("north").failNext("create", Fault.UNKNOWN);
      Scene.Ordered ordered = scene.order("web");
      await().until(() -> scene.step(ordered.job()).equals("create.build"));
      Token token = token(scene, ordered.machine());
      String own = Kind.MACHINE.there(scene).getFirst();
      scene.cloud("north").plan(Mishap.refuse("delete", Fault.TRANSIENT, "busy"));
      scene.cloud("north").turn(own, MachineState.ERROR, "its host burned down");
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      Kind.MACHINE.second(scene, token);
      await()
          .until(() -> {
            scene.clock.forward(Duration.ofSeconds(1));
            return Kind.MACHINE.there(scene).isEmpty();
          });
      assertThat(scene.cloud("south").everything()).hasSize(1);
    }
  }
}
