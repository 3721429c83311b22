package io.meltemi.connector.node;

/** What a machine on a node shall be. */
public enum Power {
  RUNNING,
  STOPPED,
  /** In memory, not running. */
  PAUSED,
  /** Memory on disk, not running. */
  SUSPENDED,
  /** Gone with all its data. */
  ABSENT
}
