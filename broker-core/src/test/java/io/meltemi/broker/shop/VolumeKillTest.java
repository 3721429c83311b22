package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meltemi.connector.scripted.CloudScript;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The broker dies at each of its writes while it works on a volume; another one goes on. */
class VolumeKillTest {
  private static final CloudScript CLOUD = Clouds.script("alpha", "");

  static Stream<Arguments> everyPoint() {
    return Stream.iterate(1, point -> point <= 5, point -> point + 1)
        .flatMap(point -> Stream.of(Arguments.of(point, true), Arguments.of(point, false)));
  }

  @ParameterizedTest(name = "write {0}, before its commit: {1}")
  @MethodSource("everyPoint")
  void aCreationIsNeitherLostNorDoubledNorStuck(int point, boolean before) {
    try (Scene scene = new Scene(CLOUD)) {
      Scene.Ordered ordered = killed(scene, point, before, s -> s.orderVolume("data"));
      assertThat(scene.ended(ordered.job()).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(ordered.machine())).isEqualTo("AVAILABLE");
      await().untilAsserted(() -> assertThat(scene.volumesAtProviders()).hasSize(1));
    }
  }

  @ParameterizedTest(name = "write {0}, before its commit: {1}")
  @MethodSource("everyPoint")
  void attachingDetachingAndDeletingAreFinished(int point, boolean before) {
    try (Scene scene = new Scene(CLOUD).start()) {
      String machine = scene.started("web");
      String volume = scene.available("data");
      scene.shop().close();
      String attach = killed(scene, point, before, s -> s.attach(volume, machine));
      assertThat(scene.ended(attach).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesOf(volume)).containsExactly(machine);
      scene.shop().close();
      String detach = killed(scene, point, before, s -> s.detach(volume, machine));
      assertThat(scene.ended(detach).state()).isEqualTo("SUCCESS");
      assertThat(scene.machinesOf(volume)).isEmpty();
      scene.shop().close();
      String delete = killed(scene, point, before, s -> s.deleteVolume(volume));
      assertThat(scene.ended(delete).state()).isEqualTo("SUCCESS");
      assertThat(scene.state(volume)).isEqualTo("gone");
      assertThat(scene.volumesAtProviders()).isEmpty();
    }
  }

  @ParameterizedTest(name = "write {0}, before its commit: {1}")
  @MethodSource("everyPoint")
  void aSnapshotIsTakenOnceAndTheVolumeIsFreeAgain(int point, boolean before) {
    try (Scene scene = new Scene(CLOUD).start()) {
      String volume = scene.available("data");
      scene.shop().close();
      Scene.Ordered image = killed(scene, point, before, s -> s.snapshot(volume, "golden"));
      assertThat(scene.ended(image.job()).state()).isIn("SUCCESS", "FAILED");
      scene.becomes(volume, "AVAILABLE");
      int expected = scene.state(image.machine()).equals("AVAILABLE") ? 1 : 0;
      await()
          .untilAsserted(() -> assertThat(scene.cloud("alpha").everySnapshot()).hasSize(expected));
    }
  }

  /** Something is asked of a shop that dies; another one goes on with it. */
  private static <T> T killed(Scene scene, int point, boolean before, Function<Scene, T> ask) {
    Shop first = scene.shop();
    DyingStore dying = new DyingStore(scene.store, point, before);
    scene.reopen(store -> dying.asStore());
    T asked = ask.apply(scene);
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
