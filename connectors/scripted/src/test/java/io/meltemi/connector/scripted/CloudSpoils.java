package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.Spoil.cloud;
import static io.meltemi.connector.scripted.Spoil.cloudWith;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Clouds which do wrong. */
final class CloudSpoils {
  private CloudSpoils() {}

  static final List<Spoil> ALL =
      List.of(
          creating(
              "makes two machines of one creation",
              (call, made) -> {
                call.goOn();
                return call.goOn();
              }),
          creating("forgets tokens", (call, asked) -> call.goOnWith(Edits.tagged(asked, Map.of()))),
          creating(
              "cuts names",
              (call, asked) -> call.goOnWith(Edits.named(asked, asked.name().substring(0, 3)))),
          creating(
              "loses user data",
              (call, asked) ->
                  call.goOnWith(Edits.telling(asked, Optional.empty(), asked.publicKey()))),
          creating(
              "loses login keys",
              (call, asked) ->
                  call.goOnWith(Edits.telling(asked, asked.userDataBase64(), Optional.empty()))),
          creating("opens no ports", (call, asked) -> call.goOnWith(asked.opening(List.of()))),
          creating(
              "makes no disks", (call, asked) -> call.goOnWith(Edits.wanting(asked, Amount.NONE))),
          creating(
              "takes another place, size or image than was asked",
              (call, asked) -> {
                try {
                  return call.goOn();
                } catch (ConnectorException e) {
                  if (e.fault() != Fault.BAD_REQUEST) {
                    throw e;
                  }
                  return call.goOnWith(Edits.at(asked, "north", "small", "debian"));
                }
              }),
          creating(
              "drops what a place cannot do",
              (call, asked) -> {
                try {
                  return call.goOn();
                } catch (ConnectorException e) {
                  if (e.fault() != Fault.UNSUPPORTED) {
                    throw e;
                  }
                  return call.goOnWith(Edits.at(asked, asked.place(), "small", asked.image()));
                }
              }),
          creating(
              "sends a creation again when no answer came",
              (call, asked) -> {
                try {
                  return call.goOn();
                } catch (ConnectorException e) {
                  if (e.fault() != Fault.UNKNOWN) {
                    throw e;
                  }
                  return call.goOn();
                }
              }),
          cloudWith(
              "carries out later what it refused as busy",
              rig ->
                  call -> {
                    try {
                      return call.goOn();
                    } catch (ConnectorException e) {
                      if (e.fault() == Fault.TRANSIENT && call.asksFor(Change.Create.class)) {
                        rig.cloud.plan(Mishap.late("create", Duration.ofMinutes(5)));
                        String ignored = lost(call);
                        throw new ConnectorException(
                            e.fault(), e.reason() + ignored, e, e.retryAfter());
                      }
                      throw e;
                    }
                  }),
          cloudWith("mixes up the tokens of creations at the same time", rig -> mixing()),
          seeing(
              "builds smaller machines than promised",
              machine -> Edits.shaped(machine, new Amount(1, 1, 524288, 10000000))),
          seeing(
              "never ends building",
              machine ->
                  machine.state() == MachineState.STARTED
                      ? machine.becomes(MachineState.CREATING, Optional.empty())
                      : machine),
          seeing(
              "hides why a machine failed", machine -> Edits.unexplained(machine, machine.state())),
          seeing(
              "shows failed machines as started",
              machine ->
                  machine.state() == MachineState.ERROR
                      ? machine.becomes(MachineState.STARTED, Optional.empty())
                      : machine),
          seeing(
              "tells names instead of addresses",
              machine -> Edits.addressed(machine, machine.id() + ".example")),
          seeing(
              "gives another address at every boot",
              machine -> Edits.addressed(machine, "10.9.9." + machine.boots())),
          seeing(
              "takes strangers for its own",
              machine ->
                  !Tags.anybodys(machine.request().tags())
                      ? Edits.tagged(
                          machine,
                          Map.of("meltemi-token", "stolen", "meltemi-account", "account-1"))
                      : machine),
          deleting("deletes nothing and says it did", (call, asked) -> asked.machine()),
          deletingWith(
              "deletes another machine as well",
              rig ->
                  (call, asked) -> {
                    Object done = call.goOn();
                    rig.cloud.everything().stream()
                        .filter(machine -> !machine.id().equals(asked.machine()))
                        .filter(machine -> !machine.request().tags().isEmpty())
                        .forEach(machine -> rig.cloud.vanish(machine.id()));
                    return done;
                  }),
          deletingWith(
              "sweeps the whole account",
              rig ->
                  (call, asked) -> {
                    rig.cloud.everything().forEach(machine -> rig.cloud.vanish(machine.id()));
                    return asked.machine();
                  }),
          deletingWith(
              "refuses to delete what is gone or going",
              rig ->
                  (call, asked) -> {
                    if (state(rig, asked.machine())
                        .filter(s -> s != MachineState.DELETING)
                        .isEmpty()) {
                      throw new ConnectorException(
                          Fault.BAD_REQUEST, "there is no " + asked.machine());
                    }
                    return call.goOn();
                  }),
          deletingWith(
              "refuses to delete what is building",
              rig ->
                  (call, asked) -> {
                    if (state(rig, asked.machine()).equals(Optional.of(MachineState.CREATING))) {
                      throw new ConnectorException(
                          Fault.BAD_REQUEST, asked.machine() + " is building");
                    }
                    return call.goOn();
                  }),
          actingWith("accepts actions and does nothing", rig -> (call, asked) -> asked.machine()),
          actingWith(
              "does nothing and says that it restarted",
              rig ->
                  (call, asked) ->
                      asked.action().needs().name().equals("RESTART")
                              || asked.action() == MachineAction.FORCE_RESTART
                          ? turned(rig, asked, MachineState.STOPPED)
                          : call.goOn()),
          actingWith(
              "refuses what is done already",
              rig ->
                  (call, asked) -> {
                    if (state(rig, asked.machine()).equals(Optional.of(asked.action().after()))
                        && !asked.action().name().contains("RESTART")) {
                      throw new ConnectorException(Fault.BAD_REQUEST, "it is there already");
                    }
                    return call.goOn();
                  }),
          actingWith(
              "cannot wake what sleeps",
              rig ->
                  (call, asked) ->
                      state(rig, asked.machine())
                              .filter(s -> s == MachineState.PAUSED || s == MachineState.SUSPENDED)
                              .isPresent()
                          ? asked.machine()
                          : call.goOn()),
          actingWith(
              "hides refusals",
              rig ->
                  (call, asked) -> {
                    try {
                      return call.goOn();
                    } catch (ConnectorException e) {
                      if (e.fault() == Fault.BAD_REQUEST) {
                        return asked.machine();
                      }
                      throw e;
                    }
                  }),
          cloud(
                  "can do more than it says",
                  call ->
                      call.is("facts")
                          ? Edits.places((Inventory) value(call.goOn()), CloudSpoils::declareLess)
                          : call.goOn())
              .on(Scripts.STRONG),
          cloud(
                  "can do less than it says",
                  call ->
                      call.is("facts")
                          ? Edits.places((Inventory) value(call.goOn()), CloudSpoils::declareMore)
                          : call.goOn())
              .on(Scripts.FEEBLE),
          cloud(
              "keeps captures without their tokens",
              call ->
                  call.asksFor(Change.Capture.class)
                      ? call.goOnWith(untagged(call.argument(Change.Capture.class)))
                      : call.goOn()),
          cloudWith(
              "stops what it captures",
              rig ->
                  call -> {
                    Object done = call.goOn();
                    if (call.asksFor(Change.Capture.class)) {
                      String machine = call.argument(Change.Capture.class).machine();
                      rig.cloud.turn(machine, MachineState.STOPPED, "captured");
                    }
                    return done;
                  }),
          cloud(
              "never makes captures ready",
              call ->
                  Edits.each(
                      call.goOn(),
                      ScriptedImage.class,
                      image ->
                          new ScriptedImage(
                              image.image(), image.tags(), Images.State.MAKING, image.ready()))),
          cloud(
              "deletes no images and says it did",
              call -> call.asksFor(Change.DeleteImage.class) ? "done" : call.goOn()),
          telling(
              "does not list captures",
              facts -> Edits.images(facts, facts.images().stream().limit(1).toList())),
          telling("lists no images", facts -> Edits.images(facts, List.of())),
          telling(
              "lists an image twice",
              facts ->
                  Edits.images(
                      facts,
                      Stream.concat(facts.images().stream(), facts.images().stream()).toList())),
          telling(
              "lists sizes at places that do not exist",
              facts -> Edits.sizes(facts, sizes -> sizes.map(CloudSpoils::nowhere))),
          telling(
              "says that nothing can be done anywhere",
              facts -> Edits.places(facts, place -> able(place, Set.of()))),
          telling("always says that nothing is used", facts -> Edits.used(facts, Amount.NONE)),
          cloudWith(
              "tells other facts each time",
              rig ->
                  call ->
                      call.is("facts")
                          ? Edits.used(
                              (Inventory) value(call.goOn()),
                              new Amount(rig.cloud.calls().size(), 0, 0, 0))
                          : call.goOn()),
          cloud("writes nothing to consoles", call -> call.is("console") ? "" : call.goOn()),
          cloud("sends no news", call -> call.is("news") ? silence(call) : call.goOn()));

  private interface On<T> {
    @Nullable Object call(Twist.Call call, T asked);
  }

  private static Spoil creating(String name, On<Change.Create> twist) {
    return cloud(name, on(Change.Create.class, twist));
  }

  private static Spoil deleting(String name, On<Change.Delete> twist) {
    return cloud(name, on(Change.Delete.class, twist));
  }

  private static Spoil deletingWith(String name, Function<ScriptedRig, On<Change.Delete>> twist) {
    return cloudWith(name, rig -> on(Change.Delete.class, twist.apply(rig)));
  }

  private static Spoil actingWith(String name, Function<ScriptedRig, On<Change.Act>> twist) {
    return cloudWith(name, rig -> on(Change.Act.class, twist.apply(rig)));
  }

  private static <T> Twist on(Class<T> type, On<T> twist) {
    return call -> call.asksFor(type) ? twist.call(call, call.argument(type)) : call.goOn();
  }

  private static Spoil seeing(String name, UnaryOperator<ScriptedMachine> change) {
    return cloud(name, call -> Edits.each(call.goOn(), ScriptedMachine.class, change));
  }

  private static Spoil telling(String name, UnaryOperator<Inventory> change) {
    return cloud(name, call -> Edits.each(call.goOn(), Inventory.class, change));
  }

  private static Object value(@Nullable Object answer) {
    return Objects.requireNonNull(answer);
  }

  private static Optional<MachineState> state(ScriptedRig rig, String machine) {
    return rig.cloud.everything().stream()
        .filter(candidate -> candidate.id().equals(machine))
        .map(ScriptedMachine::state)
        .findFirst();
  }

  private static String turned(ScriptedRig rig, Change.Act asked, MachineState state) {
    rig.cloud.turn(asked.machine(), state, "as it likes");
    return asked.machine();
  }

  private static String lost(Twist.Call call) {
    try {
      return String.valueOf(call.goOn());
    } catch (ConnectorException unknown) {
      return "";
    }
  }

  private static Twist mixing() {
    CyclicBarrier together = new CyclicBarrier(3);
    AtomicReference<@Nullable Map<String, String>> last = new AtomicReference<>();
    return on(
        Change.Create.class,
        (call, asked) -> {
          if (!asked.name().equals("together")) {
            return call.goOn();
          }
          last.set(asked.tags());
          try {
            together.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
          }
          Map<String, String> tags = last.get();
          return call.goOnWith(tags == null ? asked : Edits.tagged(asked, tags));
        });
  }

  private static Change.Capture untagged(Change.Capture asked) {
    return new Change.Capture(asked.machine(), asked.name(), Map.of());
  }

  private static Inventory.Place declareLess(Inventory.Place place) {
    return place.location().id().equals("weak") ? able(place, Set.of()) : place;
  }

  private static Inventory.Place declareMore(Inventory.Place place) {
    return place.location().id().equals("north")
        ? able(place, Scripts.TRIAL.place("north").orElseThrow().abilities())
        : place;
  }

  private static Inventory.Place able(Inventory.Place place, Set<Capability> abilities) {
    return new Inventory.Place(place.location(), place.free(), abilities, place.cpuArchitecture());
  }

  private static Inventory.Size nowhere(Inventory.Size size) {
    return new Inventory.Size(
        size.id(), size.name(), size.shape(), size.price(), Set.of("north", "nowhere"));
  }

  private static Object silence(Twist.Call call) {
    throw new ConnectorException(Fault.UNSUPPORTED, "no news for " + call.arguments().length);
  }
}
