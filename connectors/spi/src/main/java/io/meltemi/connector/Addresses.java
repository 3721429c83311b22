package io.meltemi.connector;

import java.util.List;
import java.util.Optional;

/**
 * The floating addresses of one account: each leads from outside to one machine, whose guest does
 * not know it. They are lent at the places with {@link
 * io.meltemi.pivot.Capability#FLOATING_ADDRESS}. Whether an address ends with its machine is the
 * provider's affair: the broker releases it in any case.
 */
public interface Addresses {
  /**
   * Asks for an address for a machine that is started or stopped, bearing the token, and returns as
   * soon as the provider has named it; {@link Observation#addresses} of the machine show it soon.
   * Not safe to repeat: {@link #find} first. After {@link Fault#UNKNOWN} it may appear later, even
   * much later. {@link Fault#QUOTA} when the account may have no more, {@link Fault#CAPACITY} when
   * the provider has none left, {@link Fault#UNSUPPORTED} when none can lead to this machine,
   * {@link Fault#BAD_REQUEST} when there is no such machine.
   */
  Handle lend(Handle machine, Token token);

  /**
   * Everything that earlier, perhaps interrupted, lendings with exactly this token left at the
   * provider, whether or not their machine still stands; empty says nothing about later.
   */
  List<Handle> find(Token token);

  /** Every address of the account that bears a token. */
  List<AddressObservation> list();

  /** The address as it is now; empty when the provider does not know it (any more). */
  Optional<AddressObservation> read(Handle address);

  /**
   * Gives the address back; its machine goes on without it. Succeeds when it is already gone, and
   * when its machine is.
   */
  void release(Handle address);
}
