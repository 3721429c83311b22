package io.meltemi.broker.job;

import io.meltemi.broker.place.MachineBook;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.MachineAction;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.time.Instant;

/** Waits until the provider shows the end of an action; asks again when nothing moves. */
final class ActWait implements Step {
  static final String NAME = "act.wait";
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
    return Acting.seen(work, seen -> seen(work, seen));
  }

  private static Next seen(Work work, Observation seen) {
    MachineAction action = Acting.action(work);
    MachineState state = seen.state();
    if (state == action.after()) return Acting.done(work, seen);
    return switch (state) {
      case ERROR, FAILED -> Acting.broken(work, seen);
      case CREATING, STARTING, STOPPING, PAUSING, SUSPENDING, CAPTURING, RESTORING, DELETING ->
          moving(work, state);
      case STARTED, STOPPED, PAUSED, SUSPENDED -> unmoved(work, action, state);
    };
  }

  /** A restart is seen to stop, then to start. */
  private static Next moving(Work work, MachineState state) {
    boolean shown = MachineBook.state(work.row()) == state;
    return work.look("the machine is " + state, shown ? Next.nothing() : work.move(state));
  }

  private static Next unmoved(Work work, MachineAction action, MachineState state) {
    Instant asked = Instant.parse(work.memory().path("askedAt").asText());
    boolean late = work.now().isAfter(asked.plus(PATIENCE));
    return late && !Acting.again(action)
        ? work.go(ActAsk.NAME)
        : work.look("the machine is still " + state);
  }

  @Override
  public Next expired(Work work) {
    return Acting.settle(
        work,
        JobState.FAILED,
        ReturnCode.EXPIRED,
        work.late("the machine did not become " + Acting.action(work).after() + " in time"));
  }

  @Override
  public Next stop(Work work) {
    return Acting.stopped(work);
  }
}
