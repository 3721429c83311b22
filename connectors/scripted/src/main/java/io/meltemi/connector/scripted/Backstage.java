package io.meltemi.connector.scripted;

import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;
import java.time.Instant;
import java.util.List;

/** What only those who run the scripted cloud can do: break it, and look at what it was asked. */
public interface Backstage {
  /** From now on this goes wrong, after what was asked to go wrong before. */
  void plan(Mishap mishap);

  /** What was planned and has not happened yet is called off; calls that hang go on. */
  void calm();

  /** A machine changes its state although nobody asked for it. */
  void turn(String machine, MachineState state, String reason);

  /** A machine, a snapshot of one, a volume, network or lent address vanishes by itself. */
  void vanish(String machine);

  /** A machine has other CPUs and memory, or a volume another capacity, although nobody asked. */
  void resize(String id, Amount size);

  /** Somebody calls a machine or volume otherwise. */
  void rename(String id, String name);

  /** Somebody writes a tag on a machine, or another value into it. */
  void tag(String machine, String name, String value);

  /** The quota of the account is another one from now on. */
  void quota(Amount limit);

  /**
   * The cloud has from now on what this script says: places with their abilities, sizes, images,
   * delays, quota. Name, password, mishaps and all that was made stay.
   */
  void script(String text);

  /** Who does not give this password is refused from now on. */
  void password(String password);

  /** All machines, as they are. */
  List<ScriptedMachine> everything();

  /** All volumes, as they are. */
  List<ScriptedVolume> everyVolume();

  /** All networks that were made, as they are. */
  List<ScriptedNetwork> everyNetwork();

  /** All addresses that are lent, as they are. */
  List<ScriptedAddress> everyAddress();

  /** All snapshots of volumes, as they are. */
  List<ScriptedSnapshot> everySnapshot();

  /** All snapshots of machines, as they are. */
  List<ScriptedMachineSnapshot> everyMachineSnapshot();

  /** The last 10,000 calls, oldest first. */
  List<Call> calls();

  /**
   * A call that reached the cloud.
   *
   * @param about the machine, image, volume or name that it was about; empty for questions on all
   * @param outcome {@code done}, {@code hidden}, {@code lost}, or the fault
   */
  record Call(Instant at, String call, String about, String outcome) {
    /** True for a call that asked for a change. */
    public boolean changing() {
      return switch (call) {
        case "create", "act", "capture", "delete", "deleteImage" -> true;
        case "createVolume", "attach", "detach", "snapshot", "deleteVolume", "deleteSnapshot" ->
            true;
        case "snapshotMachine", "restore", "deleteMachineSnapshot" -> true;
        case "createNetwork", "deleteNetwork", "lendAddress", "releaseAddress" -> true;
        default -> false;
      };
    }
  }
}
