package io.meltemi.broker.job;

import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Attachment.Stage;
import io.meltemi.connector.Handle;
import io.meltemi.connector.VolumeObservation;
import java.time.Duration;
import java.util.Optional;

/**
 * Attaching or detaching failed or was stopped: the volume is where the provider shows it. Where
 * that cannot be told in time it counts as attached, so that nobody deletes it; the watch corrects
 * that.
 */
final class AttachSettle implements Step {
  static final String NAME = "attach.settle";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doing() {
    return "reads anew where the volume is";
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
    Optional<Handle> machine = Attaching.machineHandle(work);
    if (machine.isEmpty()) return Attaching.withoutMachine(work);
    return Attaching.seen(
        work, seen -> settled(work, seen, machine.get()), () -> Attaching.lost(work));
  }

  private static Next settled(Work work, VolumeObservation seen, Handle machine) {
    return Ending.now(work, work.onRow((tx, row) -> Attaching.show(tx, work, row, seen, machine)));
  }

  @Override
  public Next expired(Work work) {
    return Ending.now(
        work,
        work.onRow((tx, row) ->
            Attachment.of(row, Attaching.machine(work))
                .ifPresent(
                    each -> work.tools().volumes().attached(tx, row, each.at(Stage.ATTACHED)))));
  }
}
