package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

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
    return look("facts", "", World::inventory);
  }

  @Override
  public List<ScriptedMachine> machines() {
    return look("machines", "", (world, now) -> world.machines());
  }

  @Override
  public Optional<ScriptedMachine> machine(String id) {
    return look("machine", id, (world, now) -> world.machine(id));
  }

  @Override
  public List<ScriptedImage> images() {
    return look("images", "", (world, now) -> world.images());
  }

  @Override
  public List<ScriptedVolume> volumes() {
    return look("volumes", "", (world, now) -> world.storehouse().volumes());
  }

  @Override
  public Optional<ScriptedVolume> volume(String id) {
    return look("volume", id, (world, now) -> world.storehouse().volume(id));
  }

  @Override
  public List<ScriptedSnapshot> snapshots() {
    return look("snapshots", "", (world, now) -> world.storehouse().snapshots());
  }

  @Override
  public List<ScriptedMachineSnapshot> machineSnapshots() {
    return look("machineSnapshots", "", (world, now) -> world.album().snapshots());
  }

  @Override
  public List<ScriptedNetwork> networks() {
    return look("networks", "", (world, now) -> world.patchboard().networks());
  }

  @Override
  public Optional<ScriptedNetwork> network(String id) {
    return look("network", id, (world, now) -> world.patchboard().network(id));
  }

  @Override
  public List<ScriptedAddress> addresses() {
    return look("addresses", "", (world, now) -> world.pool().addresses());
  }

  @Override
  public Optional<ScriptedAddress> address(String id) {
    return look("address", id, (world, now) -> world.pool().address(id));
  }

  @Override
  public String console(String machine) {
    return look("console", machine, (world, now) -> world.console(machine));
  }

  @Override
  public News news(long since) {
    return cloud.news(since);
  }

  private <T> T look(String call, String about, BiFunction<World, Instant, T> work) {
    BiFunction<World, Instant, Optional<T>> found =
        (world, now) -> Optional.of(work.apply(world, now));
    return meet(call, about, found, delay -> found);
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
            });
  }

  private interface Later<T> {
    BiFunction<World, Instant, Optional<T>> after(Duration delay);
  }

  private <T> T meet(
      String call, String about, BiFunction<World, Instant, Optional<T>> work, Later<T> later) {
    Optional<Mishap.Effect> effect = cloud.arrives(call, about, password);
    return switch (effect.orElse(null)) {
      case null -> done(call, about, work);
      case Mishap.Hang hang -> {
        hang(hang.time());
        yield done(call, about, work);
      }
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
