package io.meltemi.connector;

import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineOrder;
import java.util.List;
import java.util.Optional;

/** The machines of one account. */
public interface Machines {
  /**
   * Asks for a machine bearing the token and returns as soon as the provider has named it; the
   * machine may still be building. It ends STARTED or STOPPED as the provider does it; the broker
   * brings it to the wanted state. Where the spot names networks, it has one card in each, and no
   * other; {@link Fault#BAD_REQUEST} when there is no such network. Not safe to repeat: {@link
   * #find} first. After {@link Fault#UNKNOWN} the machine may appear later, even much later.
   */
  Handle create(MachineOrder order, Spot spot, Token token);

  /**
   * Everything that earlier, perhaps interrupted, creates with exactly this token left at the
   * provider, building and failed ones included; empty says nothing about later.
   */
  List<Handle> find(Token token);

  /** Every machine of the account that bears a token. */
  List<Observation> list();

  /**
   * Every machine of the account that no broker made: one without a token, be it ours or another
   * broker's. {@link #read} and {@link #act} take its handle like that of any other, and nothing is
   * ever written on it. Empty where there can be none.
   */
  List<Observation> foreign();

  /** The machine as it is now; empty when the provider does not know it (any more). */
  Optional<Observation> read(Handle machine);

  /**
   * Asks for an action and returns when the provider has accepted it; {@link #read} shows the end.
   * Succeeds without effect when the machine is already where the action leads; a restart may be
   * carried out again. {@link Fault#BAD_REQUEST} when the provider says that its state forbids it;
   * {@link Fault#UNSUPPORTED} when the ability is not listed.
   */
  void act(Handle machine, MachineAction action);

  /**
   * Asks for an image of the machine's disk, bearing the token, and returns as soon as the provider
   * has named it. Not safe to repeat: {@link Images#find} first.
   */
  Handle capture(Handle machine, String name, Token token);

  /** Asks for the end of the machine. Succeeds when it is already gone or going. */
  void delete(Handle machine);

  /** The end of what the machine wrote to its console, at most 64 KiB. */
  String console(Handle machine);
}
