package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.ReportedVolume;
import io.meltemi.connector.node.WantedVolume;
import io.meltemi.connector.node.agent.MachineRecord.Phase;
import io.meltemi.pivot.VolumeState;

/**
 * All that a node knows of a volume, on disk before anything is done.
 *
 * @param number of the wanted row
 * @param at the machine that it is lent to, from before that one can see it until after it let go;
 *     empty: none
 * @param slot where that machine sees it
 * @param attached that machine has it
 * @param reason what went wrong last; empty when all is well
 */
record VolumeRecord(
    long number,
    WantedVolume wanted,
    Phase phase,
    String at,
    int slot,
    boolean attached,
    String reason) {

  static VolumeRecord of(long number, WantedVolume wanted) {
    return new VolumeRecord(number, wanted, Phase.NEW, "", 0, false, "");
  }

  String id() {
    return wanted.id();
  }

  /** What it is is told once; where it shall be, and whether, may change. */
  VolumeRecord wanting(long newNumber, WantedVolume newWanted) {
    WantedVolume next = newWanted.absent() ? wanted.gone() : wanted.at(newWanted.machine());
    return new VolumeRecord(newNumber, next, phase, at, slot, attached, reason);
  }

  VolumeRecord in(Phase newPhase, String why) {
    return new VolumeRecord(number, wanted, newPhase, at, slot, attached, why);
  }

  VolumeRecord lent(String machine, int newSlot) {
    return new VolumeRecord(number, wanted, phase, machine, newSlot, false, reason);
  }

  VolumeRecord seen() {
    return new VolumeRecord(number, wanted, phase, at, slot, true, "");
  }

  VolumeRecord alone() {
    return new VolumeRecord(number, wanted, phase, "", 0, false, "");
  }

  /** Its machine shall let go of it. */
  boolean leaving() {
    return !at.isEmpty() && (wanted.absent() || !wanted.machine().equals(at));
  }

  boolean comingTo(String machine) {
    return at.isEmpty()
        && phase == Phase.READY
        && !wanted.absent()
        && wanted.machine().equals(machine);
  }

  ReportedVolume report() {
    return new ReportedVolume(id(), number, false, state(), reason, attached ? at : "");
  }

  private VolumeState state() {
    if (wanted.absent()) {
      return VolumeState.DELETING;
    }
    return switch (phase) {
      case NEW -> VolumeState.CREATING;
      case READY -> VolumeState.AVAILABLE;
      case BROKEN -> VolumeState.ERROR;
    };
  }
}
