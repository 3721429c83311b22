package io.meltemi.broker.job;

import io.meltemi.connector.ConnectorException;
import java.time.Duration;

/**
 * One step of a job. May be interrupted anywhere and run again: it decides from what is observed
 * now, not from what was believed before.
 */
interface Step {
  /** Unique name under which a task remembers it. */
  String name();

  /** What the job does in this step, for people. */
  String doing();

  /** How far the job is when this step begins, 0 to 100. */
  int progress();

  /** How long the step may be tried. */
  Duration limit(Work work);

  Next run(Work work);

  /** The reaction to a fault that {@link #run} let through: it may pass. */
  default Next fault(Work work, ConnectorException fault) {
    return work.again(fault);
  }

  /**
   * True for steps which bring a job that failed or was stopped to its end; they have their own
   * time even when that of the job is over.
   */
  default boolean closing() {
    return false;
  }

  /** The time is over. */
  Next expired(Work work);

  /** Somebody wants the job to be stopped. What brings it to its end goes on. */
  default Next stop(Work work) {
    return run(work);
  }
}
