package io.meltemi.connector;

/**
 * The snapshots which the broker took of machines of one account, wherever the account has {@link
 * io.meltemi.pivot.Capability#MACHINE_SNAPSHOT}. One holds what the machine itself is made of, with
 * its memory where it runs, and belongs to it: it can restore that machine and no other, and goes
 * with it.
 */
public interface MachineSnapshots extends Snapshots {
  /**
   * Asks for a snapshot bearing the token and returns as soon as the provider has named it; the
   * machine goes on. Not safe to repeat: {@link #find} first. After {@link Fault#UNKNOWN} it may
   * appear later, even much later. {@link Fault#BAD_REQUEST} when there is no such machine, when
   * its state forbids it, and while volumes are attached to it.
   */
  Handle take(Handle machine, String name, Token token);

  /**
   * Asks that the machine become what it was when the snapshot was taken, its state included, and
   * returns when the provider has accepted it; from then on {@link Machines#read} shows RESTORING
   * until it is so. Should the provider give up, the machine stays as it is, and {@link #read} of
   * the snapshot tells the reason, as long as it is READY and the machine is not restored from it
   * again. May be carried out again: the machine loses what it did since. {@link Fault#BAD_REQUEST}
   * when this machine has no such snapshot, when its state forbids it, and while volumes are
   * attached to it.
   */
  void restore(Handle machine, Handle snapshot);
}
