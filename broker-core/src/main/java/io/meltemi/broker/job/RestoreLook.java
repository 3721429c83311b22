package io.meltemi.broker.job;

import io.meltemi.pivot.MachineState;
import java.time.Duration;

/**
 * The answer to a restore was lost. It may be carried out as late as the provider's longest delay:
 * until it is seen to be, or that has passed, the job does not end and nothing else is asked.
 */
final class RestoreLook implements Step {
  static final String NAME = "restore.look";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "looks whether the provider restores the machine after a lost answer";
  }

  @Override
  public int progress() {
    return 20;
  }

  @Override
  public Duration limit(Work work) {
    return work.accountLimits().longestDelay();
  }

  @Override
  public Next run(Work work) {
    return Acting.seen(
        work,
        seen ->
            seen.state() == MachineState.RESTORING
                ? work.go(RestoreWait.NAME)
                : work.look(
                    "the provider's answer was lost; looks whether it restores the machine"));
  }

  @Override
  public Next expired(Work work) {
    if (!Restoring.mayAskAgain(work)) {
      return Restoring.expired(
          work, "the provider gave no answer; the machine may still be restored");
    }
    Restoring.notAsked(work);
    return work.go(RestoreAsk.NAME);
  }

  @Override
  public Next stop(Work work) {
    return Acting.stopped(work);
  }
}
