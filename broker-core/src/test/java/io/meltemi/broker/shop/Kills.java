package io.meltemi.broker.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A shop that dies at one write after another of one job, each time in a scene of its own, until a
 * job ends before the next write is due: so every write is shown to have killed.
 */
final class Kills {
  /** A job that only waits may write more often, and not so often. */
  private static final int MOST_WRITES = 30;

  private static final int AT_ONCE = 6;

  private static final Set<String> ENDED = Set.of("SUCCESS", "FAILED", "STOPPED");

  /** One scene: what is asked dies at this write, another shop goes on, and all is well. */
  @FunctionalInterface
  interface Story {
    /**
     * @return whether anybody died
     */
    boolean tell(int write, boolean before);
  }

  /** What was asked, and whether its shop died. */
  record Killed(Scene.Ordered asked, boolean died) {}

  private Kills() {}

  /**
   * @param least how many writes the job has if it never waits
   */
  static void atEveryWrite(int least, Story story) {
    for (boolean before : new boolean[] {true, false}) {
      int kills = 0;
      int more = AT_ONCE;
      while (more == AT_ONCE) {
        more = kills(kills + 1, before, story);
        kills += more;
        assertThat(kills).isLessThan(MOST_WRITES);
      }
      assertThat(kills).as("kills").isGreaterThanOrEqualTo(least);
    }
  }

  /** Scenes wait much and share nothing, so some are played beside each other. */
  private static int kills(int first, boolean before, Story story) {
    try (ExecutorService scenes = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> died =
          IntStream.range(first, first + AT_ONCE)
              .mapToObj(write -> scenes.submit(() -> story.tell(write, before)))
              .toList();
      int kills = 0;
      while (kills < AT_ONCE && died.get(kills).get()) kills++;
      for (Future<Boolean> each : died) each.get();
      return kills;
    } catch (ExecutionException e) {
      throw new AssertionError("a scene at or after write " + first, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Something is asked of a shop that dies; another one goes on with it. */
  static Killed killed(Scene scene, int write, boolean before, Function<Scene, Scene.Ordered> ask) {
    Shop first = scene.shop();
    DyingStore dying = new DyingStore(scene.store, write, before);
    scene.reopen(store -> dying.asStore());
    Scene.Ordered asked = ask.apply(scene);
    scene.start();
    Shop dead = scene.shop();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> dying.isDead() || ENDED.contains(scene.state(asked.job())));
    boolean died = dying.isDying();
    scene.reopen(store -> store).start();
    scene.clock.forward(Duration.ofSeconds(1));
    dead.close();
    first.close();
    return new Killed(asked, died);
  }
}
