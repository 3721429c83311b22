package io.meltemi.pivot;

/**
 * What an account can do at a location. Discovered at run time, never assumed from the connector's
 * class: one that is listed must work, one that is not is refused as unsupported.
 */
public enum Capability {
  START,
  STOP,
  FORCE_STOP,
  RESTART,
  /** Keep the machine in memory without running it. */
  PAUSE,
  /** Keep the machine's memory on storage. */
  SUSPEND,
  /** Make an image of a machine's disk. */
  CAPTURE,
  /** Text that the machine wrote to its console can be read. */
  CONSOLE,
  /** User data given at creation reach the guest. */
  USER_DATA,
  /** Public keys given at creation let their owner log in. */
  LOGIN_KEY,
  /**
   * Any amount of CPU, memory and disks up to the offer's size; without it, the offer's size
   * exactly.
   */
  FREE_SIZE,
  /**
   * Where sizes are fixed: disks beside the size's own, as many and as large as the order asks,
   * that end with the machine.
   */
  EXTRA_DISK,
  /** Volumes can be made and deleted. */
  VOLUME_CREATE,
  /** Volumes of the place can be attached to its machines, and detached. */
  VOLUME_ATTACH,
  /** A machine's cards can be in networks that its order names. */
  NETWORK_CHOICE,
  /** Networks of one's own can be made, joined by machines' cards, and deleted. */
  NETWORK_CREATE,
  /**
   * Networks of one's own have a range of addresses, which machines are given: the order's, or one
   * that the place chooses. Without it they carry what machines send each other, and no more.
   */
  NETWORK_RANGE,
  /** Each port of the guest that an order names is opened, and the machine shows where. */
  GUEST_PORTS,
  /** An address can be lent to a machine that leads to it from outside. */
  FLOATING_ADDRESS,
  /** Snapshots can be taken of volumes, and volumes made from them. */
  VOLUME_SNAPSHOT,
  /** Snapshots can be taken of machines, and machines restored from them. */
  MACHINE_SNAPSHOT
}
