package io.meltemi.broker.door;

import io.meltemi.broker.Caller;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Attachment.Stage;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.store.Row;
import io.meltemi.model.Problem;
import io.meltemi.model.schema.Kinds;
import io.meltemi.pivot.Capability;
import java.util.Optional;
import java.util.Set;

/** When a machine can be given a volume: the same answer offers it and accepts it. */
final class AttachRules {
  private static final Set<String> STATES = Set.of("STARTED", "STOPPED");

  private final Kinds kinds;
  private final Catalog catalog;

  AttachRules(Kinds kinds, Catalog catalog) {
    this.kinds = kinds;
    this.catalog = catalog;
  }

  /** Why the machine can be given no volume at all. */
  Optional<Problem> hindrance(Caller caller, Row machine) {
    return Rights.toChange(caller, kinds.get(MachineHandler.KIND), machine)
        .or(() -> Adoptions.hindrance(machine, "connectvolume"))
        .or(() -> state(machine))
        .or(() -> ability(machine));
  }

  private static Optional<Problem> state(Row machine) {
    return STATES.contains(machine.state())
        ? Optional.empty()
        : Optional.of(
            Refusals.state(
                "A volume cannot be attached to a machine in state " + machine.state() + ".",
                "It is possible in STARTED, STOPPED."));
  }

  private Optional<Problem> ability(Row machine) {
    return Abilities.of(machine, catalog).orElse(Set.of()).contains(Capability.VOLUME_ATTACH)
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                409,
                "ability.missing",
                "The place of this machine cannot attach volumes, or is not known now.",
                "Order the machine with the placement term abilities = VOLUME_ATTACH."));
  }

  /** Why the machine cannot be given this volume. */
  Optional<Problem> hindrance(Caller caller, Row machine, Row volume) {
    return hindranceOf(caller, volume).or(() -> elsewhere(machine, volume));
  }

  /** Why the volume can be given to no machine. */
  Optional<Problem> hindranceOf(Caller caller, Row volume) {
    return Rights.toChange(caller, kinds.get(VolumeHandler.KIND), volume)
        .or(() -> unavailable(volume))
        .or(() -> VolumeLook.attached(volume));
  }

  private static Optional<Problem> unavailable(Row volume) {
    return volume.state().equals("AVAILABLE")
        ? Optional.empty()
        : Optional.of(
            Refusals.state(
                "The volume is " + volume.state() + ".", "Attach it when it is AVAILABLE."));
  }

  private static Optional<Problem> elsewhere(Row machine, Row volume) {
    String there = place(machine);
    String here = place(volume);
    return there.equals(here)
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                409,
                "volume.elsewhere",
                "The volume is at " + here + ", the machine at " + there + ".",
                "Order the volume with the placement terms accounts and locations of the"
                    + " machine."));
  }

  private static String place(Row row) {
    return Placed.of(row)
        .map(placed -> placed.account() + ", " + placed.spot().location())
        .orElse("no place");
  }

  /** Why a volume cannot be detached now. */
  static Optional<Problem> underWay(Row volume, String machine) {
    return Attachment.of(volume, machine)
        .filter(there -> there.stage() != Stage.ATTACHED)
        .map(there ->
            Refusals.state(
                "The volume is still " + there.stage() + ".",
                "Wait until its job has ended, or stop that job."));
  }
}
