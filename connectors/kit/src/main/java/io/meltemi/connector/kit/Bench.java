package io.meltemi.connector.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Machines;
import io.meltemi.connector.Observation;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.pollinterval.IterativePollInterval;
import org.awaitility.pollinterval.PollInterval;

/** Where one behaviour is tried: a connector on a rig, and what the trial made there. */
public final class Bench {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** A quarter longer each time, for it is the provider whom reading keeps from its work. */
  private static final PollInterval PAUSES =
      IterativePollInterval.iterative(Bench::longer, SHORTEST_PAUSE);

  private final Rig rig;
  private final Connector connector;
  private final ConcurrentLinkedQueue<Token> tokens = new ConcurrentLinkedQueue<>();

  Bench(Rig rig) {
    this.rig = rig;
    this.connector = rig.open();
  }

  Rig rig() {
    return rig;
  }

  Connector connector() {
    return connector;
  }

  Machines machines() {
    return connector.machines();
  }

  Images images() {
    return connector.images();
  }

  VolumeBench volumes() {
    return new VolumeBench(this);
  }

  MachineSnapshotBench machineSnapshots() {
    return new MachineSnapshotBench(this);
  }

  NetworkBench networks() {
    return new NetworkBench(this);
  }

  AddressBench addresses() {
    return new AddressBench(this);
  }

  /** A token that nobody has used. */
  Token token() {
    Token token = new Token("kit-" + UUID.randomUUID());
    tokens.add(token);
    return token;
  }

  /** Asks for a machine with a token of its own. */
  Handle create(String name) {
    return create(rig.order(name), token());
  }

  Handle create(MachineOrder order, Token token) {
    return machines().create(order, rig.spot(), token);
  }

  /** A machine that runs. */
  Handle started(String name) {
    return started(create(name));
  }

  Handle started(Handle machine) {
    await("an end of the building", () -> settled(machine));
    if (state(machine).equals(Optional.of(MachineState.STOPPED))) {
      await("the start to be taken", () -> takes(machine, MachineAction.START));
    }
    reaches(machine, MachineState.STARTED);
    return machine;
  }

  /**
   * False when it may be asked again later: a provider may show a machine a moment before it takes
   * orders, and only who has the answer to its creation can know.
   */
  private boolean takes(Handle machine, MachineAction action) {
    try {
      machines().act(machine, action);
      return true;
    } catch (ConnectorException e) {
      if (e.fault() == Fault.TRANSIENT) return false;
      throw e;
    }
  }

  /** A machine that does not run. */
  Handle stopped(String name) {
    Handle machine = started(name);
    needs(Capability.FORCE_STOP);
    machines().act(machine, MachineAction.FORCE_STOP);
    reaches(machine, MachineState.STOPPED);
    return machine;
  }

  void act(Handle machine, MachineAction action) {
    machines().act(machine, action);
    reaches(machine, action.after());
  }

  boolean settled(Handle machine) {
    return state(machine).filter(state -> !state.transitional()).isPresent();
  }

  Optional<MachineState> state(Handle machine) {
    return machines().read(machine).map(Observation::state);
  }

  Observation read(Handle machine) {
    return machines().read(machine).orElseThrow();
  }

  void reaches(Handle machine, MachineState wanted) {
    await(wanted + " of " + machine, () -> state(machine).equals(Optional.of(wanted)));
  }

  void vanishes(Handle machine) {
    await("the end of " + machine, () -> machines().read(machine).isEmpty());
  }

  /** Waits by the rig's clock until the condition holds. */
  void await(String what, BooleanSupplier condition) {
    if (!comes(condition)) {
      throw new AssertionError("waited in vain for " + what);
    }
  }

  /** Waits until the condition holds; false when it never does. */
  boolean comes(BooleanSupplier condition) {
    if (rig.clock().isPresent()) {
      return comes(condition, rig.clock().get());
    }
    try {
      Awaitility.await()
          .atMost(rig.patience())
          .pollDelay(Duration.ZERO)
          .pollInterval(PAUSES)
          .until(condition::getAsBoolean);
      return true;
    } catch (ConditionTimeoutException e) {
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    Duration next = pause.multipliedBy(5).dividedBy(4);
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }

  private boolean comes(BooleanSupplier condition, HandClock clock) {
    for (long second = 0; second <= rig.patience().toSeconds(); second++) {
      if (condition.getAsBoolean()) {
        return true;
      }
      clock.advance(Duration.ofSeconds(1));
    }
    return false;
  }

  /** Lets time pass: by the rig's clock where it is moved by hand, else really. */
  void passes(Duration time) {
    if (rig.clock().isPresent()) {
      rig.clock().get().advance(time);
    } else {
      Awaitility.await().pollDelay(time).atMost(time.plusMinutes(1)).until(() -> true);
    }
  }

  /** What discovery says of a spot's place. */
  Set<Capability> abilities(Spot spot) {
    Set<Capability> abilities = EnumSet.noneOf(Capability.class);
    connector.discover().places().stream()
        .filter(place -> place.location().id().equals(spot.location()))
        .forEach(place -> abilities.addAll(place.abilities()));
    return abilities;
  }

  /** Goes on only where the connector says that it can. */
  void needs(Capability ability) {
    if (!abilities(rig.spot()).contains(ability)) {
      throw NotTried.unsupported(ability.name());
    }
  }

  /** Goes on only where the rig has this power. */
  <T> T power(Optional<T> power, String name) {
    return power.orElseThrow(() -> NotTried.power(name));
  }

  /** Goes on only where so many machines may stand at once. */
  void needsMachines(int count) {
    if (rig.machinesAtOnce() < count) {
      throw NotTried.power(count + " machines at once");
    }
  }

  /** What a call that must fail fails with. */
  static ConnectorException failure(Runnable call) {
    Throwable thrown = Assertions.catchThrowable(call::run);
    assertThat(thrown).as("failure of the call").isInstanceOf(ConnectorException.class);
    return (ConnectorException) thrown;
  }

  static Fault fault(Runnable call) {
    return failure(call).fault();
  }

  /**
   * Removes what the trial made, as far as the connector can; snapshots before their volumes,
   * addresses and machines before their networks.
   */
  void clear() {
    tokens.forEach(token -> tried(() -> volumes().clearSnapshots(token)));
    tokens.forEach(token -> tried(() -> addresses().clear(token)));
    tokens.forEach(token -> tried(() -> clear(token)));
    tokens.forEach(token -> tried(() -> networks().clear(token)));
    connector.close();
    rig.close();
  }

  private void clear(Token token) {
    volumes().clear(token);
    machines().find(token).forEach(machines()::delete);
    images().find(token).forEach(images()::delete);
    comes(() -> machines().find(token).isEmpty());
  }

  /** What is tried is a connector that may be wrong; the verdict has been given already. */
  @SuppressWarnings("EmptyCatch")
  private static void tried(Runnable removal) {
    try {
      removal.run();
    } catch (ConnectorException e) {
      // See above.
    }
  }
}
