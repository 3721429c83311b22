package io.meltemi.broker.job;

/** Removes a machine. */
final class DeleteMachine extends Deletion {
  static final String NAME = "delete.machine";

  DeleteMachine() {
    super(NAME, "machine");
  }

  @Override
  public Next stop(Work work) {
    return Acting.stopped(work);
  }
}
