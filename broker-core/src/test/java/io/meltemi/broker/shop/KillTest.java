package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.scripted.CloudScript;
import io.meltemi.pivot.MachineAction;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The process dies at every write of its work, before and after the commit: all ends well. */
class KillTest {
  private static final CloudScript CLOUD =
      Clouds.slow("north", "create: PT0.1S, stop: PT0.1S, delete: PT0.1S, capture: PT0.1S");

  static Stream<Arguments> everyPoint() {
    return Stream.iterate(1, point -> point <= 6, point -> point + 1)
        .flatMap(point -> Stream.of(Arguments.of(point, true), Arguments.of(point, false)));
  }

  @ParameterizedTest(name = "write {0}, before its commit: {1}")
  @MethodSource("everyPoint")
  void aCreationIsNeitherLostNorDoubledNorStuck(int point, boolean before) {
    try (Scene scene = new Scene(CLOUD)) {
      Scene.Ordered ordered = killed(scene, point, before, (s, none) -> s.order("web"), "");
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(ordered.machine())).isEqualTo("STARTED");
      await().untilAsserted(() -> assertThat(scene.machinesAtProviders()).isEqualTo(1));
    }
  }

  @ParameterizedTest(name = "write {0}, before its commit: {1}")
  @MethodSource("everyPoint")
  void aStopAndADeleteAreFinished(int point, boolean before) {
    try (Scene scene = new Scene(CLOUD)) {
      String machine = started(scene);
      String stop = killed(scene, point, before, (s, m) -> s.act(m, MachineAction.STOP), machine);
      assertThat(scene.ended(stop).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(machine)).isEqualTo("STOPPED");
      scene.shop().close();
      String delete = killed(scene, point, before, Scene::delete, machine);
      assertThat(scene.ended(delete).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(machine)).isEqualTo("gone");
      await().untilAsserted(() -> assertThat(scene.machinesAtProviders()).isZero());
    }
  }

  @ParameterizedTest(name = "write {0}, before its commit: {1}")
  @MethodSource("everyPoint")
  void aCaptureMakesOneImage(int point, boolean before) {
    try (Scene scene = new Scene(CLOUD)) {
      String machine = started(scene);
      Scene.Ordered image = killed(scene, point, before, (s, m) -> s.capture(m, "golden"), machine);
      assertThat(scene.ended(image.job()).state()).isIn("SUCCESS", "FAILED");
      scene.becomes(machine, "STARTED");
      List<String> expected =
          scene.state(image.machine()).equals("AVAILABLE")
              ? List.of("AVAILABLE")
              : List.of("ERROR");
      assertThat(List.of(scene.state(image.machine()))).isEqualTo(expected);
    }
  }

  private static String started(Scene scene) {
    scene.start();
    String machine = scene.started("web");
    scene.shop().close();
    return machine;
  }

  /** Something is asked of a shop that dies; another one goes on with it. */
  private static <T> T killed(
      Scene scene, int point, boolean before, BiFunction<Scene, String, T> ask, String on) {
    Shop first = scene.shop();
    DyingStore dying = new DyingStore(scene.store, point, before);
    scene.reopen(store -> dying.asStore());
    T asked = ask.apply(scene, on);
    scene.start();
    Shop dead = scene.shop();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> dying.isDead() || scene.store.nextDue().isEmpty());
    scene.reopen(store -> store).start();
    scene.clock.forward(Duration.ofSeconds(1));
    dead.close();
    first.close();
    return asked;
  }
}
