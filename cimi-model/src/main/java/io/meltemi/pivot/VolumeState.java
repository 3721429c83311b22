package io.meltemi.pivot;

/** States of a volume, as CIMI names them (DSP0263 2.0.0, 5.15.1); 1.x has no RESTORING. */
public enum VolumeState {
  CREATING,
  AVAILABLE,
  CAPTURING,
  RESTORING,
  DELETING,
  ERROR;

  /** True for the states which end by themselves: something is under way. */
  public boolean transitional() {
    return switch (this) {
      case CREATING, CAPTURING, RESTORING, DELETING -> true;
      case AVAILABLE, ERROR -> false;
    };
  }
}
