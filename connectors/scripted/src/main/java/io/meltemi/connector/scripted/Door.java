package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One account's way into the cloud, where every call meets what is planned to go wrong. */
final class Door implements Cloud {
  private final ScriptedCloud cloud;
  private final Optional<String> password;

  Door(ScriptedCloud cloud, Optional<String> password) {
    this.cloud = cloud;
    this.password = password;
  }

  @Override
  public Inventory facts() {
    return look("facts", "", World::inventory, Optional.empty());
  }

  @Override
  public List<ScriptedMachine> machines() {
    return all("machines", World::machines);
  }

  @Override
  public Optional<ScriptedMachine> machine(String id) {
    return one("machine", id, world -> world.machine(id));
  }

  @Override
  public List<ScriptedImage> images() {
    return all("images", World::images);
  }

  @Override
  public List<ScriptedVolume> volumes() {
    return all("volumes", world -> world.storehouse().volumes());
  }

  @Override
  public Optional<ScriptedVolume> volume(String id) {
    return one("volume", id, world -> world.storehouse().volume(id));
  }

  @Override
  public List<ScriptedSnapshot> snapshots() {
    return all("snapshots", world -> world.storehouse().snapshots());
  }

  @Override
  public List<ScriptedMachineSnapshot> machineSnapshots() {
    return all("machineSnapshots", world -> world.album().snapshots());
  }

  @Override
  public List<ScriptedNetwork> networks() {
    return all("networks", world -> world.patchboard().networks());
  }

  @Override
  public Optional<ScriptedNetwork> network(String id) {
    return one("network", id, world -> world.patchboard().network(id));
  }

  @Override
  public List<ScriptedAddress> addresses() {
    return all("addresses", world -> world.pool().addresses());
  }

  @Override
  public Optional<ScriptedAddress> address(String id) {
    return one("address", id, world -> world.pool().address(id));
  }

  @Override
  public String console(String machine) {
    return look("console", machine, (world, now) -> world.console(machine), Optional.empty());
  }

  @Override
  public News news(long since) {
    return cloud.news(since);
  }

  private <T> List<T> all(String call, Function<World, List<T>> work) {
    return look(call, "", (world, now) -> work.apply(world), Optional.of(List.of()));
  }

  private <T> Optional<T> one(String call, String id, Function<World, Optional<T>> work) {
    return look(call, id, (world, now) -> work.apply(world), Optional.of(Optional.empty()));
  }

  /**
   * @param hidden the answer where the question's object is hidden; empty where it cannot be
   */
  private <T> T look(
      String call, String about, BiFunction<World, Instant, T> work, Optional<T> hidden) {
    BiFunction<World, Instant, Optional<T>> found =
        (world, now) -> Optional.of(work.apply(world, now));
    return meet(call, about, found, delay -> found, hidden);
  }

  @Override
  public String change(Change change) {
    return meet(
        change.call(),
        change.about(),
        (world, now) -> Optional.of(world.accept(change, now)),
        delay ->
            (world, now) -> {
              world.putOff(change, now.plus(delay));
              return Optional.empty();
            },
        Optional.empty());
  }

  private interface Later<T> {
    BiFunction<World, Instant, Optional<T>> after(Duration delay);
  }

  private <T> T meet(
      String call,
      String about,
      BiFunction<World, Instant, Optional<T>> work,
      Later<T> later,
      Optional<T> hidden) {
    Optional<Mishap.Effect> effect = cloud.arrives(call, about, password);
    return switch (effect.orElse(null)) {
      case null -> done(call, about, work);
      case Mishap.Hang hang -> {
        hang(hang.time());
        yield done(call, about, work);
      }
      case Mishap.Hide hide when hidden.isPresent() -> {
        cloud.heard(call, about, "hidden");
        yield hidden.get();
      }
      case Mishap.Hide hide -> done(call, about, work);
      case Mishap.EndBadly bad -> {
        T answer = done(call, about, work);
        cloud.inWorld((world, now) -> {
          world.endBadly(String.valueOf(answer), bad.reason());
          return now;
        });
        yield answer;
      }
      case Mishap.Refuse refuse -> {
        cloud.heard(call, about, refuse.fault().name());
        throw new ConnectorException(
            refuse.fault(),
            refuse.reason().orElse("as planned: " + refuse.fault()),
            null,
            refuse.retryAfter());
      }
      case Mishap.LoseRequest lost -> throw lost(call, about);
      case Mishap.LoseAnswer lose -> {
        cloud.inWorld(lose.after().isPresent() ? later.after(lose.after().get()) : work);
        throw lost(call, about);
      }
    };
  }

  private <T> T done(String call, String about, BiFunction<World, Instant, Optional<T>> work) {
    try {
      T answer = cloud.inWorld(work).orElseThrow();
      cloud.heard(call, about, "done");
      return answer;
    } catch (ConnectorException e) {
      cloud.heard(call, about, e.fault().name());
      throw e;
    }
  }

  private ConnectorException lost(String call, String about) {
    cloud.heard(call, about, "lost");
    return new ConnectorException(Fault.UNKNOWN, "no answer from " + cloud.name());
  }

  /** Who stops waiting does not stop the cloud. */
  private static void hang(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
