package io.meltemi.connector.kit;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.MachineSnapshots;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;

/** The part of a bench where snapshots are taken of machines. */
final class MachineSnapshotBench {
  private final Bench bench;

  MachineSnapshotBench(Bench bench) {
    this.bench = bench;
  }

  /** Goes on only where they can be taken. */
  MachineSnapshotBench needed() {
    bench.needs(Capability.MACHINE_SNAPSHOT);
    return this;
  }

  MachineSnapshots all() {
    return bench.connector().machineSnapshots();
  }

  /** A snapshot that the machine can be restored from. */
  Handle taken(Handle machine) {
    return taken(machine, bench.token());
  }

  Handle taken(Handle machine, Token token) {
    return ready(all().take(machine, "moment", token));
  }

  Handle ready(Handle snapshot) {
    bench.await("a ready snapshot", () -> isReady(snapshot));
    return snapshot;
  }

  boolean isReady(Handle snapshot) {
    return all().read(snapshot).filter(taken -> taken.state() == Images.State.READY).isPresent();
  }

  /** Restores the machine, which was in that state. */
  void restored(Handle machine, Handle snapshot, MachineState state) {
    all().restore(machine, snapshot);
    bench.reaches(machine, state);
  }

  void vanishes(Handle snapshot) {
    bench.await("the end of " + snapshot, () -> all().read(snapshot).isEmpty());
  }
}
