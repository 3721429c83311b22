package io.meltemi.broker.job;

import io.meltemi.broker.place.Placed;

/** Removes a machine. */
final class DeleteMachine extends Deletion {
  static final String NAME = "delete.machine";

  DeleteMachine() {
    super(NAME, "machine", 10);
  }

  /** One that is known by its token alone has nothing to show. */
  @Override
  Next stays(Work work, JobState end, int code, String message) {
    return Placed.of(work.row()).flatMap(Placed::handle).isPresent()
        ? Acting.settle(work, end, code, message)
        : work.end(
            end,
            code,
            message,
            work.onRow((tx, row) -> work.tools().machines().failed(tx, row, message)));
  }
}
