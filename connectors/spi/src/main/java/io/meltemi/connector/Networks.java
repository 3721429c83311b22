package io.meltemi.connector;

import io.meltemi.pivot.NetworkOrder;
import java.util.List;
import java.util.Optional;

/**
 * The networks that the broker makes in one account; those that are there anyway are told by {@link
 * Inventory#networks}, which leaves out what any broker made. Machines' cards can be in one
 * wherever the account has {@link io.meltemi.pivot.Capability#NETWORK_CREATE}; the value of its
 * handle is the id that {@link Spot#networks} names.
 */
public interface Networks {
  /**
   * Asks for a network bearing the token and returns as soon as the provider has named it; it may
   * still be building. Not safe to repeat: {@link #find} first. After {@link Fault#UNKNOWN} it may
   * appear later, even much later. {@link Fault#BAD_REQUEST} for a range that is none or cannot be
   * had; {@link Fault#UNSUPPORTED} for any where the place lacks {@link
   * io.meltemi.pivot.Capability#NETWORK_RANGE}.
   *
   * @param location id of the place of the order
   */
  Handle create(NetworkOrder order, String location, Token token);

  /**
   * Does what is still to be done until {@link #read} shows the network STARTED, as far as that
   * does not come by itself. Safe to repeat after any answer or none, and without effect when
   * nothing is to be done or the network is gone.
   *
   * @param order the same that the network was created for
   */
  void finish(Handle network, NetworkOrder order);

  /**
   * Everything that earlier, perhaps interrupted, creates with exactly this token left at the
   * provider, unfinished ones included; empty says nothing about later.
   */
  List<Handle> find(Token token);

  /** Every network of the account that bears a token. */
  List<NetworkObservation> list();

  /** The network as it is now; empty when the provider does not know it (any more). */
  Optional<NetworkObservation> read(Handle network);

  /**
   * Asks for the end of the network with its range. Succeeds when it is already gone or going.
   * {@link Fault#BAD_REQUEST} when a machine is in it: that is never undone on the way.
   */
  void delete(Handle network);
}
