package io.meltemi.broker.job;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import io.meltemi.connector.VolumeObservation;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the provider to attach a volume, or to detach it, unless it is so already. Both may be asked
 * again: that the volume shall be there stands in its row since before the first time.
 */
final class AttachAsk implements Step {
  static final String NAME = "attach.ask";

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
    Optional<Handle> machine = Attaching.machineHandle(work);
    if (machine.isEmpty()) return Attaching.withoutMachine(work);
    return Attaching.seen(
        work, seen -> seen(work, seen, machine.get()), () -> Attaching.lost(work));
  }

  private static Next seen(Work work, VolumeObservation seen, Handle machine) {
    if (Attaching.reached(work, seen, machine)) return Attaching.done(work, seen, machine);
    ask(work, seen.handle(), machine);
    work.memory().put("askedAt", work.now().toString());
    return work.go(AttachWait.NAME);
  }

  private static void ask(Work work, Handle volume, Handle machine) {
    if (Attaching.wanted(work)) {
      Attaching.volumes(work).attach(volume, machine);
    } else {
      Attaching.volumes(work).detach(volume, machine);
    }
  }

  @Override
  public Next fault(Work work, ConnectorException e) {
    return work.againOr(
        e, () -> Attaching.settle(work, JobState.FAILED, ReturnCode.of(e.fault()), e.reason()));
  }

  @Override
  public Next expired(Work work) {
    return Attaching.settle(
        work,
        JobState.FAILED,
        ReturnCode.EXPIRED,
        work.late("the provider did not accept it in time"));
  }

  @Override
  public Next stop(Work work) {
    return Attaching.stopped(work);
  }
}
