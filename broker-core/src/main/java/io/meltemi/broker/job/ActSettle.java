package io.meltemi.broker.job;

import io.meltemi.connector.Observation;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.Optional;

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
    Optional<Observation> seen = Acting.read(work);
    if (seen.isEmpty()) return Acting.lost(work);
    MachineState state = seen.get().state();
    if (state.transitional()) return work.look(work.memory().path("message").asText());
    return Ending.now(
        work,
        work.onRow((tx, row) -> work.tools().machines().observed(tx, row, state, seen.get())));
  }

  @Override
  public Next expired(Work work) {
    return Ending.now(work, work.move(MachineState.ERROR, "the machine's state cannot be told"));
  }
}
