package io.meltemi.broker.job;

/** States of a Job (DSP0263 2.0.0, 5.17.1). */
public enum JobState {
  QUEUED,
  RUNNING,
  FAILED,
  SUCCESS,
  STOPPING,
  STOPPED;

  /** True for the states which are never left. */
  public boolean ended() {
    return switch (this) {
      case FAILED, SUCCESS, STOPPED -> true;
      case QUEUED, RUNNING, STOPPING -> false;
    };
  }
}
