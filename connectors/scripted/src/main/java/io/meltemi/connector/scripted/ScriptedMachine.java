package io.meltemi.connector.scripted;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A machine of the scripted cloud.
 *
 * @param request what was asked for
 * @param shape what it got
 * @param cards the floating address first, then in their order
 * @param onTheWay the state that follows by itself, and when
 * @param boots how often its guest booted
 */
public record ScriptedMachine(
    String id,
    Change.Create request,
    Amount shape,
    List<Card> cards,
    MachineState state,
    Optional<Next> onTheWay,
    Optional<String> reason,
    int boots) {

  public ScriptedMachine {
    cards = List.copyOf(cards);
  }

  /**
   * A network card; a floating address counts as one, with the mac of the card it leads to.
   *
   * @param network name of the network that it is in
   */
  public record Card(String network, String address, String mac) {}

  /** Where its guest is reached. */
  public String address() {
    return cards.getFirst().address();
  }

  /** The same with other cards. */
  ScriptedMachine with(List<Card> others) {
    return new ScriptedMachine(id, request, shape, others, state, onTheWay, reason, boots);
  }

  /**
   * @param state empty when the machine is gone then
   */
  public record Next(Optional<MachineState> state, Instant at) {}

  ScriptedMachine becomes(MachineState now, Optional<Next> next) {
    return new ScriptedMachine(id, request, shape, cards, now, next, reason, boots);
  }

  ScriptedMachine because(String why) {
    Optional<String> said = Optional.of(why);
    return new ScriptedMachine(id, request, shape, cards, state, onTheWay, said, boots);
  }

  /** The same, but what is under way will end in ERROR. */
  ScriptedMachine doomed(String why) {
    Optional<MachineState> error = Optional.of(MachineState.ERROR);
    return because(why).becomes(state, onTheWay.map(next -> new Next(error, next.at())));
  }

  ScriptedMachine booted() {
    return new ScriptedMachine(id, request, shape, cards, state, onTheWay, reason, boots + 1);
  }

  /** The same with that shape. */
  ScriptedMachine shaped(Amount size) {
    return new ScriptedMachine(id, request, size, cards, state, onTheWay, reason, boots);
  }

  /** The same under that name. */
  ScriptedMachine named(String name) {
    return new ScriptedMachine(
        id, request.named(name), shape, cards, state, onTheWay, reason, boots);
  }

  /** The same with one more tag. */
  ScriptedMachine tagged(String name, String value) {
    return new ScriptedMachine(
        id, request.tagged(name, value), shape, cards, state, onTheWay, reason, boots);
  }

  /** True when the machine is about to be gone. */
  boolean going() {
    return onTheWay.isPresent() && onTheWay.get().state().isEmpty();
  }
}
