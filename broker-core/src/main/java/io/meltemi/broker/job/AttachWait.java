package io.meltemi.broker.job;

import io.meltemi.connector.Handle;
import io.meltemi.connector.VolumeObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waits until the provider shows the volume where it shall be; asks again when nothing moves. */
final class AttachWait implements Step {
  static final String NAME = "attach.wait";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "waits until the provider shows the end";
  }

  @Override
  public int progress() {
    return 50;
  }

  @Override
  public Duration limit(Work work) {
    return work.limits().act();
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
    Instant asked = Instant.parse(work.memory().path("askedAt").asText());
    return work.now().isAfter(asked.plus(PATIENCE))
        ? work.go(AttachAsk.NAME)
        : work.look("the provider has not done it yet");
  }

  @Override
  public Next expired(Work work) {
    return Attaching.settle(
        work,
        JobState.FAILED,
        ReturnCode.EXPIRED,
        work.late(
            "the volume was not "
                + (Attaching.wanted(work) ? "attached" : "detached")
                + " in time"));
  }

  @Override
  public Next stop(Work work) {
    return Attaching.stopped(work);
  }
}
