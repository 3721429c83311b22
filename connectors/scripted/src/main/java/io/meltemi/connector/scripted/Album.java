package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.World.unknown;

import io.meltemi.connector.Images;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The snapshots of machines, and the rules by which they are taken and machines restored. */
final class Album {
  private CloudScript script;
  private final World world;
  private final Map<String, ScriptedMachineSnapshot> snapshots = new LinkedHashMap<>();

  Album(CloudScript script, World world) {
    this.script = script;
    this.world = world;
  }

  void follow(CloudScript next) {
    script = next;
  }

  List<ScriptedMachineSnapshot> snapshots() {
    return List.copyOf(snapshots.values());
  }

  void restore(List<ScriptedMachineSnapshot> kept) {
    kept.forEach(snapshot -> snapshots.put(snapshot.id(), snapshot));
  }

  /** Lets happen what is due. */
  void settle(Instant now) {
    for (ScriptedMachineSnapshot snapshot : snapshots()) {
      if (snapshot.state() == Images.State.MAKING && !snapshot.ready().isAfter(now)) {
        put(snapshot.made());
      }
    }
  }

  String take(Change.SnapshotMachine asked, Instant now) {
    ScriptedMachine machine = able(asked.machine());
    check(machine);
    if (machine.state() == MachineState.ERROR) {
      throw Judge.bad("machine " + machine.id() + " is " + machine.state());
    }
    String id = world.newId("p");
    put(
        new ScriptedMachineSnapshot(
            id,
            asked.name(),
            machine.id(),
            machine.state(),
            asked.tags(),
            Images.State.MAKING,
            now.plus(script.delay("snapshotMachine")),
            Optional.empty(),
            Optional.empty()));
    return id;
  }

  /** One that comes while an earlier one is under way has nothing to add. */
  String restore(Change.Restore asked, Instant now) {
    ScriptedMachine machine = able(asked.machine());
    ScriptedMachineSnapshot snapshot =
        Optional.ofNullable(snapshots.get(asked.snapshot()))
            .filter(each -> each.machine().equals(asked.machine()))
            .filter(each -> each.state() == Images.State.READY)
            .orElseThrow(() -> unknown(asked.snapshot() + " of " + asked.machine()));
    if (machine.state() == MachineState.RESTORING) {
      return snapshot.id();
    }
    check(machine);
    put(snapshot.used(machine.state()));
    becomes(machine, snapshot.then(), now.plus(script.delay("restore")));
    return snapshot.id();
  }

  private void becomes(ScriptedMachine machine, MachineState state, Instant at) {
    ScriptedMachine.Next next = new ScriptedMachine.Next(Optional.of(state), at);
    world.put(machine.becomes(MachineState.RESTORING, Optional.of(next)));
  }

  /** An accepted restore will leave the machine as it was. */
  void endBadly(String id, String reason) {
    ScriptedMachineSnapshot snapshot = snapshots.get(id);
    if (snapshot == null || snapshot.before().isEmpty()) return;
    put(snapshot.failed(Optional.of(reason)));
    world
        .machine(snapshot.machine())
        .ifPresent(machine -> becomes(machine, snapshot.before().get(), end(machine)));
  }

  private static Instant end(ScriptedMachine machine) {
    return machine.onTheWay().map(ScriptedMachine.Next::at).orElse(Instant.MIN);
  }

  /** The machine, when its place can do it. */
  private ScriptedMachine able(String id) {
    ScriptedMachine machine = world.machine(id).orElseThrow(() -> unknown(id));
    world.demand(machine, Capability.MACHINE_SNAPSHOT);
    return machine;
  }

  /** The machine is at rest and has no volumes. */
  private void check(ScriptedMachine machine) {
    if (machine.state().transitional()) {
      throw Judge.bad("machine " + machine.id() + " is " + machine.state());
    }
    if (world.storehouse().volumes().stream().anyMatch(v -> v.at(machine.id()).isPresent())) {
      throw Judge.bad("machine " + machine.id() + " has volumes");
    }
  }

  String delete(Change.DeleteMachineSnapshot asked) {
    remove(asked.snapshot());
    return asked.snapshot();
  }

  void remove(String id) {
    if (snapshots.remove(id) != null) {
      world.changed();
    }
  }

  /** The machine is gone, and its snapshots with it. */
  void without(String machine) {
    snapshots.values().removeIf(snapshot -> snapshot.machine().equals(machine));
  }

  private void put(ScriptedMachineSnapshot snapshot) {
    snapshots.put(snapshot.id(), snapshot);
    world.changed();
  }
}
