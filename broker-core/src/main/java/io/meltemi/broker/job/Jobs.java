package io.meltemi.broker.job;

import io.meltemi.broker.Caller;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.Order;
import io.meltemi.placement.Decision;
import java.util.List;

/**
 * Orders work. Each method writes, inside the caller's transaction, the Job that people see, the
 * task that workers run and the transitional state of what is worked on; nothing is called before
 * the commit. Each returns the Job's row.
 */
public interface Jobs {
  /**
   * A machine, volume or network is to be made.
   *
   * @param target its row, CREATING, already inserted
   * @param volumes rows of the volumes that a machine gets, in the order of its mounts: each says
   *     that it is being attached, and those to be made are CREATING
   * @param decision offers to try, best first
   */
  Row create(
      Transaction transaction,
      Caller caller,
      Row target,
      List<Row> volumes,
      Order order,
      Decision decision);

  /** A machine is to be started, stopped and so on; its row becomes what it is meanwhile. */
  Row act(Transaction transaction, Caller caller, Row machine, MachineAction action);

  /**
   * An image, or a snapshot, is to be taken of a machine or volume.
   *
   * @param subject what it is taken of; becomes CAPTURING
   * @param image row of the image to be, CREATING, already inserted
   */
  Row capture(Transaction transaction, Caller caller, Row subject, Row image);

  /**
   * A machine is to become what it was; its row becomes RESTORING.
   *
   * @param snapshot of this machine, AVAILABLE
   */
  Row restore(Transaction transaction, Caller caller, Row machine, Row snapshot);

  /**
   * A volume is to be attached to a machine, or detached from it.
   *
   * @param volume its row, whose attachment says what is wanted
   * @param machine path of the machine
   * @param attach false to detach
   */
  Row attach(Transaction transaction, Caller caller, Row volume, String machine, boolean attach);

  /**
   * A machine is to be deleted; its row becomes DELETING and goes when the provider confirms. If it
   * is still being made, so are the volumes that its order makes. Never one that was adopted.
   */
  Row deleteMachine(Transaction transaction, Caller caller, Row machine);

  /** A volume is to be deleted; its row becomes DELETING and goes when the provider confirms. */
  Row deleteVolume(Transaction transaction, Caller caller, Row volume);

  /** A network that was made here is to be deleted; its row goes when the provider confirms. */
  Row deleteNetwork(Transaction transaction, Caller caller, Row network);

  /** An image that was taken is to be deleted at its provider; its row becomes DELETING. */
  Row deleteImage(Transaction transaction, Caller caller, Row image);

  /** An account is to be asked now what it has. */
  Row discover(Transaction transaction, Caller caller, Row account);

  /**
   * A running job is to be stopped; it becomes STOPPING, then STOPPED, and leaves nothing behind.
   */
  Row stop(Transaction transaction, Caller caller, Row job);

  /** The same, and when it has ended nothing is left of it either (R95). */
  Row stopAndForget(Transaction transaction, Caller caller, Row job);

  /**
   * Something was done at once: a Job that is already a SUCCESS (R54).
   *
   * @param action URI-less name, for instance {@code add}, {@code edit}, {@code delete}
   * @param target path of the resource operated on
   * @param affected paths of further resources
   */
  Row done(
      Transaction transaction, Caller caller, String action, String target, List<String> affected);
}
