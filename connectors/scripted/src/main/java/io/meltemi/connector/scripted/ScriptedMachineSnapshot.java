package io.meltemi.connector.scripted;

import io.meltemi.connector.Images;
import io.meltemi.pivot.MachineState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of a machine of the scripted cloud.
 *
 * @param machine id of the machine
 * @param then the state that the machine was in
 * @param ready when the machine can be restored from it
 * @param before the state that the machine was in when it was last restored from it
 * @param reason why that failed
 */
public record ScriptedMachineSnapshot(
    String id,
    String name,
    String machine,
    MachineState then,
    Map<String, String> tags,
    Images.State state,
    Instant ready,
    Optional<MachineState> before,
    Optional<String> reason) {

  ScriptedMachineSnapshot made() {
    return becomes(Images.State.READY);
  }

  ScriptedMachineSnapshot becomes(Images.State now) {
    return new ScriptedMachineSnapshot(id, name, machine, then, tags, now, ready, before, reason);
  }

  /** The machine is being restored from it. */
  ScriptedMachineSnapshot used(MachineState current) {
    return new ScriptedMachineSnapshot(
        id, name, machine, then, tags, state, ready, Optional.of(current), Optional.empty());
  }

  ScriptedMachineSnapshot failed(Optional<String> why) {
    return new ScriptedMachineSnapshot(id, name, machine, then, tags, state, ready, before, why);
  }
}
