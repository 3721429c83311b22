package io.meltemi.connector.scripted;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorFactory;
import io.meltemi.connector.ConnectorFactory.Context;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.kit.HandClock;
import io.meltemi.connector.kit.Outside;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** A scripted cloud in memory with everything a rig can have. */
final class ScriptedRig implements NorthRig {
  private static final Optional<String> PASSWORD = Optional.of("open-sesame");

  final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
  final ScriptedCloud cloud;
  private final Spoil spoil;

  ScriptedRig(Spoil spoil) {
    this.spoil = spoil;
    cloud = new ScriptedCloud(spoil.script(), clock);
  }

  private Connector connector(Cloud door, String account) {
    String shown = spoil.sharesAccounts() ? "account-1" : account;
    Context context = new Context(shown, clock, Outside.thisMachine(), Optional.empty());
    return spoil
        .connector()
        .apply(this, new ScriptedConnector(spoil.cloud().apply(this, door), context));
  }

  @Override
  public Connector open() {
    return connector(cloud.door(PASSWORD), "account-1");
  }

  @Override
  public List<Spot> otherSpots() {
    return List.of(
        new Spot("weak", Optional.of("small"), "debian"),
        new Spot("free", Optional.empty(), "debian"));
  }

  @Override
  public Optional<HandClock> clock() {
    return Optional.of(clock);
  }

  @Override
  public Optional<Duration> hintedWithin() {
    return Spoils.ABOUT_NEWS.contains(spoil.name())
        ? Optional.of(Duration.ofSeconds(2))
        : Optional.empty();
  }

  @Override
  public Optional<Opening> opening() {
    ConnectorFactory factory =
        spoil.factory().apply(this, new ScriptedConnectorFactory(List.of(cloud)));
    return Optional.of(
        new Opening(
            factory, Map.of("address", "memory:trial", "password", PASSWORD.orElseThrow())));
  }

  @Override
  public Optional<Failures> failures() {
    return Optional.of(
        new Failures() {
          @Override
          public void next(Call call, Fault fault, String reason, Optional<Duration> retryAfter) {
            cloud.plan(
                new Mishap(
                    word(call),
                    0,
                    OptionalInt.empty(),
                    new Mishap.Refuse(fault, Optional.of(reason), retryAfter)));
          }

          @Override
          public void endBadly(String reason) {
            cloud.plan(Mishap.endBadly(reason));
          }
        });
  }

  @Override
  public Optional<LostAnswers> losesAnswers() {
    return Optional.of(
        new LostAnswers() {
          @Override
          public void next(Call call, Duration carriedOutAfter) {
            cloud.plan(Mishap.late(word(call), carriedOutAfter));
          }

          @Override
          public void never(Call call) {
            cloud.plan(Mishap.loseRequest(word(call)));
          }
        });
  }

  static String word(Call call) {
    return switch (call) {
      case CREATE -> "create";
      case ACT -> "act";
      case CAPTURE -> "capture";
      case DELETE -> "delete";
      case CREATE_VOLUME -> "createVolume";
      case ATTACH -> "attach";
      case SNAPSHOT -> "snapshot";
      case SNAPSHOT_MACHINE -> "snapshotMachine";
      case RESTORE -> "restore";
      case DELETE_VOLUME -> "deleteVolume";
      case CREATE_NETWORK -> "createNetwork";
      case DELETE_NETWORK -> "deleteNetwork";
      case LEND_ADDRESS -> "lendAddress";
      case RELEASE_ADDRESS -> "releaseAddress";
      case LIST -> "machines";
      case DISCOVER -> "facts";
    };
  }

  @Override
  public Optional<Consumer<Handle>> stopsBehindOurBack() {
    return Optional.of(m -> cloud.turn(m.value(), MachineState.STOPPED, "power cut"));
  }

  @Override
  public Optional<Consumer<Handle>> removesBehindOurBack() {
    return Optional.of(machine -> cloud.vanish(machine.value()));
  }

  @Override
  public Optional<Remarks> remarks() {
    return Optional.of((machine, name, value) -> cloud.tag(machine.value(), name, value));
  }

  @Override
  public Optional<Supplier<Handle>> stranger() {
    return Optional.of(() -> new Handle(cloud.everything().getFirst().id()));
  }

  @Override
  public Optional<Supplier<Connector>> otherBroker() {
    return Optional.of(() -> connector(cloud.door(PASSWORD), "account-2"));
  }

  @Override
  public Optional<Function<Handle, String>> userDataSeen() {
    return Optional.of(this::console);
  }

  @Override
  public Optional<Function<Handle, String>> keySeen() {
    return Optional.of(this::console);
  }

  @Override
  public Optional<ToLongFunction<Handle>> disksSeen() {
    return Optional.of(this::disks);
  }

  private long disks(Handle handle) {
    return cloud.everything().stream()
        .filter(machine -> machine.id().equals(handle.value()))
        .mapToLong(machine -> machine.request().wanted().diskKilobytes())
        .sum();
  }

  @Override
  public Optional<Function<Handle, List<String>>> networksSeen() {
    return Optional.of(this::networks);
  }

  private List<String> networks(Handle handle) {
    return cloud.everything().stream()
        .filter(machine -> machine.id().equals(handle.value()))
        .flatMap(machine -> machine.request().networks().stream())
        .toList();
  }

  private String console(Handle handle) {
    return cloud.everything().stream()
        .filter(machine -> machine.id().equals(handle.value()))
        .map(Consoles::text)
        .findFirst()
        .orElse("");
  }

  @Override
  public Optional<Supplier<Connector>> wrongCredentials() {
    return Optional.of(() -> connector(cloud.door(Optional.of("wrong")), "account-1"));
  }

  @Override
  public Optional<Supplier<Connector>> unreachable() {
    Address nowhere = Address.parse("unix:/nowhere/at/all");
    Caller nobody = new Caller(nowhere, nowhere::direct, Optional.empty());
    return Optional.of(() -> connector(nobody.as(Cloud.class), "account-1"));
  }

  @Override
  public Optional<Runnable> exhaustsVolumeQuota() {
    return exhaustsQuota();
  }

  @Override
  public Optional<Runnable> exhaustsAddressQuota() {
    return Optional.of(() -> cloud.script(Scripts.lendingAtMost(cloud.everyAddress().size())));
  }

  @Override
  public Optional<Runnable> exhaustsAddresses() {
    return Optional.of(() -> cloud.script(Scripts.LENDING_NONE));
  }

  @Override
  public Optional<Supplier<String>> endsVolumeBadly() {
    return Optional.of(() -> {
      String reason = "the shelf broke down";
      cloud.plan(new Mishap("createVolume", 0, OptionalInt.empty(), new Mishap.EndBadly(reason)));
      return reason;
    });
  }

  @Override
  public Optional<Consumer<String>> endsRestoreBadly() {
    return Optional.of(reason ->
        cloud.plan(new Mishap("restore", 0, OptionalInt.empty(), new Mishap.EndBadly(reason))));
  }

  @Override
  public Optional<Runnable> exhaustsQuota() {
    return Optional.of(() -> cloud.quota(open().discover().quotaUsed()));
  }
}
