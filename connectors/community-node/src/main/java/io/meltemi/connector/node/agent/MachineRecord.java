package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.ReportedMachine.Endpoint;
import io.meltemi.connector.node.WantedMachine;
import java.util.List;

/**
 * All that a node knows of a machine, on disk before anything is done.
 *
 * @param number of the wanted row
 * @param slot number of the guest's user
 * @param phase how far the folder is
 * @param boots how often it was booted, the boot under way included
 * @param launch number of the last start of its process; a boot or a return of saved memory
 * @param on the process of that launch is not known to have ended
 * @param up the process of that launch has answered once
 * @param saved its memory is on disk
 * @param reason what went wrong last, or how it ended; empty when all is well
 */
record MachineRecord(
    long number,
    WantedMachine wanted,
    int slot,
    Phase phase,
    int boots,
    long launch,
    boolean on,
    boolean up,
    boolean saved,
    List<Endpoint> endpoints,
    String reason) {

  enum Phase {
    /** Nothing can be relied on in the folder. */
    NEW,
    /** Disks and seed are there. */
    READY,
    /** Could not be made, or did not start; tried again when something else is wanted. */
    BROKEN
  }

  static MachineRecord of(long number, WantedMachine wanted, int slot) {
    return new MachineRecord(
        number, wanted, slot, Phase.NEW, 0, 0, false, false, false, List.of(), "");
  }

  MachineRecord wanting(long newNumber, WantedMachine newWanted) {
    return new MachineRecord(
        newNumber, newWanted, slot, phase, boots, launch, on, up, saved, endpoints, reason);
  }

  MachineRecord in(Phase newPhase, String newReason) {
    return new MachineRecord(
        number, wanted, slot, newPhase, boots, launch, on, up, saved, endpoints, newReason);
  }

  MachineRecord launched(int newBoots, List<Endpoint> newEndpoints) {
    return new MachineRecord(
        number, wanted, slot, phase, newBoots, launch + 1, true, false, saved, newEndpoints, "");
  }

  MachineRecord answered() {
    return new MachineRecord(
        number, wanted, slot, phase, boots, launch, on, true, saved, endpoints, reason);
  }

  MachineRecord off(String why) {
    return new MachineRecord(
        number, wanted, slot, phase, boots, launch, false, up, saved, endpoints, why);
  }

  MachineRecord memory(boolean onDisk) {
    return new MachineRecord(
        number, wanted, slot, phase, boots, launch, on, up, onDisk, endpoints, reason);
  }
}
