package io.meltemi.connector.node.agent;

import io.meltemi.connector.Images;
import io.meltemi.connector.node.ReportedSnapshot;
import io.meltemi.connector.node.WantedSnapshot;
import io.meltemi.connector.node.agent.MachineRecord.Phase;

/**
 * All that a node knows of a snapshot of a volume, on disk before anything is done.
 *
 * @param number of the wanted row
 * @param reason why it could not be taken; empty when all is well
 */
record SnapshotRecord(long number, WantedSnapshot wanted, Phase phase, String reason) {
  static SnapshotRecord of(long number, WantedSnapshot wanted) {
    return new SnapshotRecord(number, wanted, Phase.NEW, "");
  }

  String id() {
    return wanted.id();
  }

  SnapshotRecord wanting(long newNumber, WantedSnapshot newWanted) {
    WantedSnapshot next = newWanted.absent() ? wanted.gone() : wanted;
    return new SnapshotRecord(newNumber, next, phase, reason);
  }

  SnapshotRecord in(Phase newPhase, String why) {
    return new SnapshotRecord(number, wanted, newPhase, why);
  }

  ReportedSnapshot report() {
    Images.State state =
        switch (phase) {
          case NEW -> Images.State.MAKING;
          case READY -> Images.State.READY;
          case BROKEN -> Images.State.FAILED;
        };
    return new ReportedSnapshot(id(), number, false, state, reason);
  }
}
