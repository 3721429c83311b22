package io.meltemi.broker.job;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.time.Duration;

/** Asks the provider for an action, unless the machine is already where it leads. */
final class ActAsk implements Step {
  static final String NAME = "act.ask";

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
    return Acting.seen(work, seen -> ask(work, seen));
  }

  private static Next ask(Work work, Observation seen) {
    MachineAction action = Acting.action(work);
    if (seen.state() == action.after() && !Acting.again(action)) return Acting.done(work, seen);
    work.connector().machines().act(seen.handle(), atProvider(action, seen.state()));
    work.memory().put("askedAt", work.now().toString());
    return work.go(ActWait.NAME);
  }

  /** CIMI restarts a stopped machine too; to a provider that is a start. */
  private static MachineAction atProvider(MachineAction action, MachineState state) {
    return Acting.again(action) && state == MachineState.STOPPED ? MachineAction.START : action;
  }

  @Override
  public Next fault(Work work, ConnectorException e) {
    return work.againOr(
        e, () -> Acting.settle(work, JobState.FAILED, ReturnCode.of(e.fault()), e.reason()));
  }

  @Override
  public Next expired(Work work) {
    return Acting.settle(
        work,
        JobState.FAILED,
        ReturnCode.EXPIRED,
        work.late("the provider did not accept it in time"));
  }

  @Override
  public Next stop(Work work) {
    return Acting.stopped(work);
  }
}
