package io.meltemi.connector.vsphere.vim;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the connector asks of a vCenter. Every method may throw {@link
 * io.meltemi.connector.ConnectorException}; one that a vCenter named can be told by {@link
 * Faults#is}.
 */
public interface VCenter extends AutoCloseable {
  /** Name and version of the product. */
  String product();

  /** What no other vCenter is called. */
  String identity();

  /** Where the inventory begins. */
  Ref root();

  /** The object at a path of names, for instance {@code Europe/DC0}. */
  Optional<Ref> byPath(String path);

  /** What lies under this name in a folder or resource pool. */
  Optional<Ref> child(Ref parent, String name);

  /** The machine or template of this instance UUID, wherever it stands. */
  Optional<Ref> byInstanceUuid(String uuid);

  /** What a walk meets; an object met twice comes once. */
  List<Facts> read(Walk walk);

  /** What a walk meets, or nothing when its start is no longer there. */
  List<Facts> readIfThere(Walk walk);

  /** Those of the privileges that this account has on an object. */
  Set<String> privileges(Ref on, Set<String> asked);

  /** Those of several objects on which the account has a privilege. */
  Set<Ref> allowing(List<Ref> objects, String privilege);

  /** Who keeps first-class disks; empty at a vCenter older than 6.5. */
  Optional<Ref> diskKeeper();

  /** Ids of the first-class disks on a datastore. */
  List<String> disks(Ref datastore);

  /** The {@code config} of a first-class disk; empty when it is not there (any more). */
  Optional<Element> disk(Ref datastore, String id);

  /** Lets a first-class disk outlive the machines that it is at. Harmless where it does already. */
  void keep(Ref datastore, String id);

  /** Whether first-class disks have snapshots; at a vCenter older than 6.7 they have none. */
  boolean snapshotsDisks();

  /** The snapshots of a first-class disk; none when it is not there (any more). */
  List<Element> diskSnapshots(Ref datastore, String id);

  /** Begins something that takes time. */
  Ref begin(Ref on, Undertaking undertaking, Element... arguments);

  /** Asks the tools in the guest for something. */
  void ask(Ref machine, GuestWish wish);

  /** Tries to stop a task. */
  void cancel(Ref task);

  /** How a task stands; empty when the vCenter has forgotten it. */
  Optional<Progress> progress(Ref task);

  /** Waits at most this long until a task has ended; told how it stands then. */
  Optional<Progress> await(Ref task, Duration atMost);

  /**
   * Clones that failed below an object since then, as the vCenter's events tell; none where the
   * account may not read them.
   */
  List<FailedClone> failedClones(Ref below, Instant since);

  /**
   * Tells changes of what a walk meets, from now on, until it is closed or fails. Blocks.
   *
   * @param told objects of one update, with the properties that changed
   */
  void follow(Walk walk, Consumer<List<Change>> told) throws InterruptedException;

  /** Lets the session go. */
  @Override
  void close();

  /** What takes time at a vCenter, and its name there. */
  enum Undertaking {
    CLONE("CloneVM_Task"),
    POWER_ON("PowerOnVM_Task"),
    POWER_OFF("PowerOffVM_Task"),
    RESET("ResetVM_Task"),
    SUSPEND("SuspendVM_Task"),
    DESTROY("Destroy_Task"),
    CREATE_SNAPSHOT("CreateSnapshot_Task"),
    REVERT("RevertToSnapshot_Task"),
    REMOVE_SNAPSHOT("RemoveSnapshot_Task"),
    CREATE_DISK("CreateDisk_Task"),
    ATTACH_DISK("AttachDisk_Task"),
    DETACH_DISK("DetachDisk_Task"),
    DELETE_DISK("DeleteVStorageObject_Task"),
    SNAPSHOT_DISK("VStorageObjectCreateSnapshot_Task"),
    CREATE_DISK_OF_SNAPSHOT("CreateDiskFromSnapshot_Task"),
    DELETE_DISK_SNAPSHOT("DeleteSnapshot_Task"),
    ADD_PORT_GROUP("AddDVPortgroup_Task"),
    CHANGE_PORT_GROUP("ReconfigureDVPortgroup_Task");

    private final String method;

    Undertaking(String method) {
      this.method = method;
    }

    String method() {
      return method;
    }
  }

  /** What the tools in a guest can be asked for. */
  enum GuestWish {
    SHUT_DOWN("ShutdownGuest"),
    REBOOT("RebootGuest");

    private final String method;

    GuestWish(String method) {
      this.method = method;
    }

    String method() {
      return method;
    }
  }

  /**
   * How a task stands.
   *
   * @param error why it failed
   */
  record Progress(boolean ended, Optional<VimFault> error) {}

  /**
   * @param name that the new machine or template would have had
   */
  record FailedClone(String name, VimFault why) {}

  /**
   * @param gone the object is no longer met
   */
  record Change(Facts facts, boolean gone) {}
}
