package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.store.Event;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Fault;
import io.meltemi.connector.scripted.Mishap;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a provider accepts and never carries out ends by its limit: job, state and event tell what
 * was found.
 */
class NeverDoneTest {
  private static final Set<String> ENDED = Set.of("SUCCESS", "FAILED", "STOPPED");

  /**
   * @param rows of what was asked for and what it was asked of
   */
  private record Asked(String job, List<String> rows) {
    static Asked of(Scene.Ordered made, String... others) {
      return new Asked(made.job(), List.of(made.machine(), others.length > 0 ? others[0] : ""));
    }
  }

  private enum Case {
    CREATE("create", scene -> Asked.of(scene.order("web"))),
    START("start", scene -> acted(scene, MachineAction.STOP, MachineAction.START)),
    STOP("stop", scene -> acted(scene, MachineAction.STOP)),
    FORCE_STOP("force_stop", scene -> acted(scene, MachineAction.FORCE_STOP)),
    RESTART("restart", scene -> acted(scene, MachineAction.RESTART)),
    PAUSE("pause", scene -> acted(scene, MachineAction.PAUSE)),
    SUSPEND("suspend", scene -> acted(scene, MachineAction.SUSPEND)),
    CAPTURE(
        "capture",
        scene -> {
          String machine = scene.started("web");
          return Asked.of(scene.capture(machine, "golden"), machine);
        }),
    SNAPSHOT_MACHINE(
        "snapshotMachine",
        scene -> {
          String machine = scene.started("web");
          return Asked.of(scene.snapshotOfMachine(machine, "moment"), machine);
        }),
    RESTORE(
        "restore",
        scene -> {
          String machine = scene.started("web");
          return new Asked(
              scene.restore(machine, scene.moment(machine, "moment")), List.of(machine));
        }),
    DELETE(
        "delete",
        scene -> {
          String machine = scene.started("web");
          return new Asked(scene.delete(machine), List.of(machine));
        }),
    CREATE_VOLUME("createVolume", scene -> Asked.of(scene.orderVolume("data"))),
    ATTACH(
        "attach",
        scene -> {
          String machine = scene.started("web");
          String volume = scene.available("data");
          return new Asked(scene.attach(volume, machine), List.of(volume, machine));
        }),
    DETACH(
        "detach",
        scene -> {
          String machine = scene.started("web");
          String volume = scene.available("data");
          scene.ended(scene.attach(volume, machine));
          return new Asked(scene.detach(volume, machine), List.of(volume, machine));
        }),
    SNAPSHOT(
        "snapshot",
        scene -> {
          String volume = scene.available("data");
          return Asked.of(scene.snapshot(volume, "monday"), volume);
        }),
    DELETE_VOLUME(
        "deleteVolume",
        scene -> {
          String volume = scene.available("data");
          return new Asked(scene.deleteVolume(volume), List.of(volume));
        }),
    CREATE_NETWORK("createNetwork", scene -> Asked.of(scene.orderNetwork("lan"))),
    DELETE_NETWORK(
        "deleteNetwork",
        scene -> {
          String network = scene.network("lan");
          return new Asked(scene.deleteNetwork(network), List.of(network));
        }),
    DELETE_IMAGE(
        "deleteImage",
        scene -> {
          String machine = scene.started("web");
          Scene.Ordered image = scene.capture(machine, "golden");
          scene.ended(image.job());
          return new Asked(scene.deleteImage(image.machine()), List.of(image.machine(), machine));
        }),
    DELETE_SNAPSHOT(
        "deleteSnapshot",
        scene -> {
          String volume = scene.available("data");
          Scene.Ordered image = scene.snapshot(volume, "monday");
          scene.ended(image.job());
          return new Asked(scene.deleteImage(image.machine()), List.of(image.machine(), volume));
        }),
    DELETE_MACHINE_SNAPSHOT(
        "deleteMachineSnapshot",
        scene -> {
          String machine = scene.started("web");
          String moment = scene.moment(machine, "moment");
          return new Asked(scene.deleteImage(moment), List.of(moment, machine));
        }),
    LEND_ADDRESS("lendAddress", scene -> Asked.of(scene.order(reachable(scene)))),
    RELEASE_ADDRESS(
        "releaseAddress",
        scene -> {
          Scene.Ordered made = scene.order(reachable(scene));
          scene.ended(made.job());
          return new Asked(scene.delete(made.machine()), List.of(made.machine()));
        });

    private final String slow;
    private final Function<Scene, Asked> ask;

    Case(String slow, Function<Scene, Asked> ask) {
      this.slow = slow;
      this.ask = ask;
    }

    /** As the scripted cloud calls it. */
    private String call() {
      return switch (this) {
        case START, STOP, FORCE_STOP, RESTART, PAUSE, SUSPEND -> "act";
        case CREATE,
            CAPTURE,
            SNAPSHOT_MACHINE,
            RESTORE,
            DELETE,
            CREATE_VOLUME,
            ATTACH,
            DETACH,
            SNAPSHOT,
            DELETE_VOLUME,
            CREATE_NETWORK,
            DELETE_NETWORK,
            DELETE_IMAGE,
            DELETE_SNAPSHOT,
            DELETE_MACHINE_SNAPSHOT,
            LEND_ADDRESS,
            RELEASE_ADDRESS ->
            slow;
      };
    }

    /** How many such calls go well before. */
    private int before() {
      return this == START ? 1 : 0;
    }

    private static MachineOrder reachable(Scene scene) {
      return scene.machineOrder("web", MachineState.STARTED).floating(true);
    }

    /** Before the last action, which is the slow one, the others are over. */
    private static Asked acted(Scene scene, MachineAction... actions) {
      String machine = scene.started("web");
      String job = "";
      for (MachineAction action : actions) {
        if (!job.isEmpty()) scene.ended(job);
        job = scene.act(machine, action);
      }
      return new Asked(job, List.of(machine));
    }
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void whatIsNeverDoneEnds(Case each) {
    try (Scene scene = scene(each)) {
      Asked asked = each.ask.apply(scene);
      Row job = passes(scene, asked.job());
      assertThat(job.state()).isEqualTo("FAILED");
      assertThat(job.document().path("statusMessage").asText()).isNotEmpty();
      assertAtRest(scene, asked);
    }
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void whatIsStoppedEndsAlthoughTheProviderDoesNotAnswerAnyMore(Case each) {
    try (Scene scene = scene(each)) {
      Asked asked = each.ask.apply(scene);
      scene.cloud("north").plan(Mishap.refuse("any", Fault.TRANSIENT, "down").times(0));
      String stopped = scene.stop(asked.job());
      assertThat(stopped).isEqualTo(asked.job());
      assertThat(passes(scene, asked.job()).state()).isIn("STOPPED", "FAILED");
      assertAtRest(scene, asked);
    }
  }

  /** Eleven days are what {@code Retry-After: 999999} means. */
  @ParameterizedTest
  @EnumSource(Case.class)
  void whatAProviderPutsOffForDaysEndsByOurLimits(Case each) {
    try (Scene scene = new Scene(Clouds.whole("north", "")).start()) {
      Mishap.Refuse later =
          new Mishap.Refuse(
              Fault.TRANSIENT, Optional.of("not today"), Optional.of(Duration.ofDays(11)));
      scene.cloud("north").plan(new Mishap(each.call(), each.before(), OptionalInt.of(0), later));
      Asked asked = each.ask.apply(scene);
      Instant begin = scene.clock.instant();
      assertThat(passes(scene, asked.job()).state()).isEqualTo("FAILED");
      assertThat(Duration.between(begin, scene.clock.instant())).isLessThan(Duration.ofHours(1));
      assertAtRest(scene, asked);
    }
  }

  /** An address is named at once, so that only its answer can be late. */
  private static Scene scene(Case each) {
    String script = "delays: { %s: PT1000H }%n".formatted(each.slow);
    Scene scene = new Scene(Clouds.whole("north", script)).start();
    if (each == Case.LEND_ADDRESS) {
      scene.cloud("north").plan(Mishap.late(each.slow, Duration.ofHours(1000)).times(0));
    }
    return scene;
  }

  /** The clock goes on until the job has ended. */
  private static Row passes(Scene scene, String job) {
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          scene.clock.forward(Duration.ofSeconds(30));
          return ENDED.contains(scene.state(job));
        });
    return scene.read(job);
  }

  private static void assertAtRest(Scene scene, Asked asked) {
    asked.rows().stream()
        .flatMap(path -> scene.find(path).stream())
        .forEach(row -> assertAtRest(scene, row));
  }

  private static void assertAtRest(Scene scene, Row row) {
    assertThat(row.state().toUpperCase(Locale.ROOT)).as(row.kind()).doesNotEndWith("ING");
    assertThat(Attachment.of(row))
        .extracting(Attachment::stage)
        .allMatch(stage -> stage == Attachment.Stage.ATTACHED);
    List<Event> told =
        scene.events("state").stream().filter(event -> event.resource().equals(row.id())).toList();
    assertThat(told).as(row.kind()).isNotEmpty();
    assertThat(told.getLast().content().path("state").asText()).isEqualTo(row.state());
  }
}
