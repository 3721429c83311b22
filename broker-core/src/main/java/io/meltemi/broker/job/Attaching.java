package io.meltemi.broker.job;

import io.meltemi.broker.place.Attachment;
import io.meltemi.broker.place.Attachment.Stage;
import io.meltemi.broker.place.Placed;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Handle;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.Volumes;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Turns that the steps of attaching and detaching a volume have in common. */
final class Attaching {
  private Attaching() {}

  /** True when the volume is to be attached, false when it is to be detached. */
  static boolean wanted(Work work) {
    return work.memory().path("attach").asBoolean();
  }

  static String machine(Work work) {
    return work.memory().path("machine").asText();
  }

  /** The machine as its provider names it; empty when it is gone. */
  static Optional<Handle> machineHandle(Work work) {
    return work.tools()
        .store()
        .read(Store.EVERYBODY, machine(work))
        .flatMap(Placed::of)
        .flatMap(Placed::handle);
  }

  static Volumes volumes(Work work) {
    return work.connector().volumes();
  }

  /** The volume as its provider shows it; empty when it is not there. */
  static Optional<VolumeObservation> read(Work work) {
    return Placed.of(work.row()).flatMap(Placed::handle).flatMap(volumes(work)::read);
  }

  /**
   * What comes of the volume as its provider shows it.
   *
   * @param lost what comes when its provider no longer has it
   */
  static Next seen(Work work, Function<VolumeObservation, Next> there, Supplier<Next> lost) {
    return Absence.or(work, read(work), there, lost);
  }

  /** True when the provider shows what is wanted; on its way off a volume is neither. */
  static boolean reached(Work work, VolumeObservation seen, Handle machine) {
    return wanted(work) ? seen.staysAt(machine) : !seen.attachedTo(machine);
  }

  static Next done(Work work, VolumeObservation seen, Handle machine) {
    return work.end(
        JobState.SUCCESS,
        JobRows.GOOD,
        wanted(work) ? "the volume is attached" : "the volume is detached",
        work.onRow((tx, row) -> show(tx, work, row, seen, machine)));
  }

  /** The row tells what the provider shows; a machine that is gone has no volumes. */
  static void show(
      Transaction tx, Work work, Row row, VolumeObservation seen, Handle machineHandle) {
    String machine = machine(work);
    Optional<VolumeObservation.Attachment> there =
        seen.attachments().stream()
            .filter(each -> each.machine().equals(machineHandle))
            .findFirst();
    if (there.isEmpty() || tx.find(machine).isEmpty()) {
      VolumeBook.detached(tx, row, machine);
      return;
    }
    Attachment now =
        Attachment.of(row, machine)
            .orElse(new Attachment(machine, Stage.ATTACHED, Optional.empty(), Optional.empty()));
    work.tools().volumes().attached(tx, row, now.at(Stage.ATTACHED).seenAs(there.get().device()));
  }

  static Next lost(Work work) {
    String reason = "the provider no longer has the volume";
    return work.end(
        JobState.FAILED,
        ReturnCode.LOST,
        reason,
        work.onRow((tx, row) -> {
          Row alone = VolumeBook.detached(tx, row, machine(work));
          work.tools().volumes().lost(tx, alone, reason);
        }));
  }

  /** The machine is gone, and so is the attachment. */
  static Next withoutMachine(Work work) {
    return work.end(
        wanted(work) ? JobState.FAILED : JobState.SUCCESS,
        wanted(work) ? ReturnCode.LOST : JobRows.GOOD,
        "the machine is gone",
        work.onRow((tx, row) -> VolumeBook.detached(tx, row, machine(work))));
  }

  /** The job will end so; before, it is read anew where the volume is. */
  static Next settle(Work work, JobState state, int code, String message) {
    Ending.keep(work, state, code, message);
    return work.go(AttachSettle.NAME);
  }

  static Next stopped(Work work) {
    return settle(work, JobState.STOPPED, JobRows.GOOD, "stopped on request");
  }
}
