package io.meltemi.broker.job;

import io.meltemi.connector.ConnectorException;
import java.time.Duration;

/**
 * Removes a machine, and the volumes made for it, from a place that is given up; then the next
 * offer is tried. Volumes that were there before must be free again by then.
 */
final class CreateLeave implements Step {
  static final String NAME = "create.leave";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "removes what was made where it cannot stay";
  }

  @Override
  public int progress() {
    return 50;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().remove();
  }

  @Override
  public Next run(Work work) {
    return Mounting.cleared(work) ? Creating.moveOn(work, true) : work.look(doing());
  }

  @Override
  public Next fault(Work work, ConnectorException e) {
    return work.again(e);
  }

  /** The sweep goes on with it. */
  @Override
  public Next expired(Work work) {
    return Creating.moveOn(work, true);
  }

  @Override
  public Next stop(Work work) {
    return Creating.stop(work);
  }
}
