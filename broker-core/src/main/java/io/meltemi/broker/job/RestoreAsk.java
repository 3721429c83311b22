package io.meltemi.broker.job;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Observation;
import java.time.Duration;

/** Asks the provider to restore a machine. */
final class RestoreAsk implements Step {
  static final String NAME = "restore.ask";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "asks the provider";
  }

  @Override
  public int progress() {
    return 10;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().ask();
  }

  @Override
  public Next run(Work work) {
    if (Restoring.asked(work)) return work.go(RestoreLook.NAME);
    return Acting.seen(work, seen -> ask(work, seen));
  }

  private static Next ask(Work work, Observation machine) {
    Restoring.asking(work);
    work.save(Next.nothing());
    try {
      work.connector().machineSnapshots().restore(machine.handle(), Restoring.handle(work));
      return work.go(RestoreWait.NAME);
    } catch (ConnectorException e) {
      return answered(work, e);
    }
  }

  private static Next answered(Work work, ConnectorException e) {
    return switch (e.fault()) {
      case UNKNOWN -> work.go(RestoreLook.NAME);
      case TRANSIENT -> {
        Restoring.notAsked(work);
        yield work.again(e);
      }
      case BAD_REQUEST, QUOTA, CAPACITY, CREDENTIALS, UNSUPPORTED -> refused(work, e);
    };
  }

  private static Next refused(Work work, ConnectorException e) {
    return Acting.settle(work, JobState.FAILED, ReturnCode.of(e.fault()), e.reason());
  }

  @Override
  public Next fault(Work work, ConnectorException e) {
    return work.againOr(e, () -> refused(work, e));
  }

  @Override
  public Next expired(Work work) {
    return Restoring.expired(work, "the provider did not accept it in time");
  }

  @Override
  public Next stop(Work work) {
    return Acting.stopped(work);
  }
}
