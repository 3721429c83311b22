package io.meltemi.connector;

import io.meltemi.pivot.VolumeOrder;
import java.util.List;
import java.util.Optional;

/**
 * The volumes of one account. A volume belongs to a location: it can be attached to the machines
 * there. It outlives every machine that it is attached to.
 */
public interface Volumes {
  /**
   * Asks for a volume bearing the token and returns as soon as the provider has named it; the
   * volume may still be building. It holds at least what was ordered. Not safe to repeat: {@link
   * #find} first. After {@link Fault#UNKNOWN} the volume may appear later, even much later.
   */
  Handle create(VolumeOrder order, VolumeSpot spot, Token token);

  /**
   * Everything that earlier, perhaps interrupted, creates with exactly this token left at the
   * provider, building and failed ones included; empty says nothing about later.
   */
  List<Handle> find(Token token);

  /** Every volume of the account that bears a token. */
  List<VolumeObservation> list();

  /** The volume as it is now; empty when the provider does not know it (any more). */
  Optional<VolumeObservation> read(Handle volume);

  /**
   * Asks for the volume to be attached to a machine that is started or stopped, and returns when
   * the provider has accepted it; {@link #read} shows the end. Stopping and starting the machine
   * keeps it attached. Succeeds without effect when it is, or is being, attached there. {@link
   * Fault#BAD_REQUEST} when the volume is attached elsewhere, when one of the two does not exist,
   * or when the provider says that a state forbids it.
   */
  void attach(Handle volume, Handle machine);

  /**
   * Asks for the volume to be detached from the machine, whether or not the guest agrees, and
   * returns when the provider has accepted it; {@link #read} shows the end. Succeeds without effect
   * when it is not attached there, or one of the two is gone.
   */
  void detach(Handle volume, Handle machine);

  /**
   * Asks for a snapshot of a volume that is attached nowhere, bearing the token, and returns as
   * soon as the provider has named it; the volume keeps its data and its state. Not safe to repeat:
   * {@link Snapshots#find} first.
   */
  Handle snapshot(Handle volume, String name, Token token);

  /**
   * Asks for the end of the volume. Succeeds when it is already gone or going. {@link
   * Fault#BAD_REQUEST} when it is attached to a machine: that is never undone on the way. A place
   * where snapshots hang on their volume may refuse in the same way, or take them along.
   */
  void delete(Handle volume);
}
