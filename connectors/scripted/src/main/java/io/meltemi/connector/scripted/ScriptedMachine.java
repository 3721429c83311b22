package io.meltemi.connector.scripted;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import java.time.Instant;
import java.util.Optional;

/**
 * A machine of the scripted cloud.
 *
 * @param request what was asked for
 * @param shape what it got
 * @param onTheWay the state that follows by itself, and when
 * @param boots how often its guest booted
 */
public record ScriptedMachine(
    String id,
    Change.Create request,
    Amount shape,
    String address,
    String mac,
    MachineState state,
    Optional<Next> onTheWay,
    Optional<String> reason,
    int boots) {

  /**
   * @param state empty when the machine is gone then
   */
  public record Next(Optional<MachineState> state, Instant at) {}

  ScriptedMachine becomes(MachineState now, Optional<Next> next) {
    return new ScriptedMachine(id, request, shape, address, mac, now, next, reason, boots);
  }

  ScriptedMachine because(String why) {
    Optional<String> said = Optional.of(why);
    return new ScriptedMachine(id, request, shape, address, mac, state, onTheWay, said, boots);
  }

  /** The same, but what is under way will end in ERROR. */
  ScriptedMachine doomed(String why) {
    Optional<MachineState> error = Optional.of(MachineState.ERROR);
    return because(why).becomes(state, onTheWay.map(next -> new Next(error, next.at())));
  }

  ScriptedMachine booted() {
    return new ScriptedMachine(
        id, request, shape, address, mac, state, onTheWay, reason, boots + 1);
  }

  /** True when the machine is about to be gone. */
  boolean going() {
    return onTheWay.isPresent() && onTheWay.get().state().isEmpty();
  }
}
