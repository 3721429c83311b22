package io.meltemi.pivot;

/** States of a machine, as CIMI names them (DSP0263 2.0.0, 5.14.1); 1.x has no {@link #FAILED}. */
public enum MachineState {
  CREATING,
  STARTING,
  STARTED,
  STOPPING,
  STOPPED,
  PAUSING,
  PAUSED,
  SUSPENDING,
  SUSPENDED,
  CAPTURING,
  RESTORING,
  DELETING,
  ERROR,
  FAILED;

  /** True for the states which end by themselves: something is under way. */
  public boolean transitional() {
    return switch (this) {
      case CREATING, STARTING, STOPPING, PAUSING, SUSPENDING, CAPTURING, RESTORING, DELETING ->
          true;
      case STARTED, STOPPED, PAUSED, SUSPENDED, ERROR, FAILED -> false;
    };
  }
}
