package io.meltemi.broker.job;

import io.meltemi.broker.place.SnapshotBook;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.MachineState;
import java.time.Duration;

/**
 * An action failed or was stopped: the machine's state becomes what the provider shows, and error
 * when that cannot be told in time. No machine stays in a state that should end by itself.
 */
final class ActSettle implements Step {
  static final String NAME = "act.settle";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "reads the state of the machine anew";
  }

  @Override
  public int progress() {
    return 90;
  }

  @Override
  public boolean closing() {
    return true;
  }

  @Override
  public Duration limit(Work work) {
    return LIMIT;
  }

  @Override
  public Next run(Work work) {
    return Acting.seen(work, seen -> settled(work, seen));
  }

  private static Next settled(Work work, Observation seen) {
    MachineState state = seen.state();
    if (state == MachineState.RESTORING) Restoring.begun(work);
    if (state.transitional()) return work.look(work.memory().path("message").asText());
    boolean restored = Restoring.done(work);
    return Ending.now(
        work,
        work.onRow((tx, row) -> {
          Row now = work.tools().machines().observed(tx, row, state, seen);
          if (restored) SnapshotBook.restored(tx, now, Restoring.snapshot(work));
        }));
  }

  @Override
  public Next expired(Work work) {
    String reason = work.late("the machine's state cannot be told");
    return Ending.now(work, work.move(MachineState.ERROR, reason));
  }
}
