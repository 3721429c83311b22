package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.place.VolumeBook;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Transaction;
import io.meltemi.connector.Handle;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.VolumeState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Turns that the steps of a capture, and of an image's end, have in common. */
final class Capturing {
  private Capturing() {}

  static Made made(Work work) {
    return Made.of(work.row())
        .orElseThrow(() -> new IllegalStateException(work.target() + " is at no provider"));
  }

  static Consumer<Transaction> at(Work work, Made made) {
    return work.onRow((transaction, row) -> transaction.update(made.into(row)));
  }

  static Next adopt(Work work, Made made, List<Handle> found) {
    Handle kept = made.handle().filter(found::contains).orElse(found.getFirst());
    return work.go(CaptureWait.NAME, at(work, made.known(kept)));
  }

  /** Removes what was made; then the job ends so. */
  static Next giveUp(Work work, JobState state, int code, String message) {
    Ending.keep(work, state, code, message);
    return work.go(CaptureUndo.NAME);
  }

  static Shots shots(Work work) {
    return Shots.of(work.connector(), Shots.Sort.of(work.row()));
  }

  /** What the image is of is free again: as it was, until the watcher sees otherwise. */
  static void free(Transaction transaction, Tools tools, ObjectNode memory) {
    transaction
        .find(memory.path("subject").asText())
        .filter(subject -> subject.state().equals(MachineState.CAPTURING.name()))
        .ifPresent(subject -> free(transaction, tools, subject, memory.path("before").asText()));
  }

  private static void free(Transaction transaction, Tools tools, Row subject, String before) {
    if (subject.kind().equals(VolumeBook.KIND)) {
      tools.volumes().moved(transaction, subject, VolumeState.valueOf(before));
    } else {
      tools.machines().moved(transaction, subject, MachineState.valueOf(before));
    }
  }

  static Row failed(Row image, String reason) {
    ObjectNode inner = image.inner().deepCopy();
    inner.put("reason", reason);
    return image.withInner(inner).withState("ERROR");
  }

  /** True when the provider shows nothing of the image any more; else it was asked to remove it. */
  static boolean removed(Shots images, Made made) {
    List<Handle> listed = images.find(made.token());
    Set<Handle> there = new LinkedHashSet<>(listed);
    made.handle().ifPresent(there::add);
    boolean gone = listed.isEmpty();
    for (Handle handle : there) {
      if (images.read(handle).isEmpty()) continue;
      gone = false;
      images.delete(handle);
    }
    return gone;
  }
}
