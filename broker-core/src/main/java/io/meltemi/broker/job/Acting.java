package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Observation;
import io.meltemi.pivot.MachineAction;
import java.util.Optional;
import java.util.function.Function;

/** Turns that the steps of an action on a machine have in common. */
final class Acting {
  private Acting() {}

  static MachineAction action(Work work) {
    return MachineAction.valueOf(work.memory().path("action").asText());
  }

  static boolean again(MachineAction action) {
    return action == MachineAction.RESTART || action == MachineAction.FORCE_RESTART;
  }

  private static Optional<Handle> handle(Work work) {
    return Placed.of(work.row()).flatMap(Placed::handle);
  }

  /** What comes of the machine as its provider shows it, or of its loss. */
  static Next seen(Work work, Function<Observation, Next> there) {
    Optional<Observation> seen =
        handle(work).flatMap(handle -> work.connector().machines().read(handle));
    return Absence.or(work, seen, there, () -> lost(work));
  }

  static Next done(Work work, Observation seen) {
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        "the machine is " + seen.state(),
        work.onRow((tx, row) -> work.tools().machines().observed(tx, row, seen.state(), seen)));
  }

  private static Next lost(Work work) {
    String reason = "the provider no longer has the machine";
    return work.end(
        JobState.FAILED,
        ReturnCode.LOST,
        reason,
        work.onRow((tx, row) ->
            Sweep.addAddress(tx, work.tools(), work.tools().machines().lost(tx, row, reason))));
  }

  /** The job will end so; before, the machine's state is read anew (B5). */
  static Next settle(Work work, JobState state, int code, String message) {
    Ending.keep(work, state, code, message);
    return work.go(ActSettle.NAME);
  }

  static Next broken(Work work, Observation seen) {
    String reason = seen.reason().orElse("the machine is in error");
    return settle(work, JobState.FAILED, ReturnCode.BROKEN, reason);
  }

  static Next stopped(Work work) {
    return settle(work, JobState.STOPPED, JobRows.GOOD, "stopped on request");
  }
}
