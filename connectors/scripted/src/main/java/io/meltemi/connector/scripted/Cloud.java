package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Inventory;
import java.util.List;
import java.util.Optional;

/**
 * What the scripted cloud shows to one account: in the same process or over a socket. Every method
 * may throw {@link ConnectorException}, as the cloud's script or its operator wants it.
 */
public interface Cloud {
  /** Places with what is free there, sizes, images, quota. */
  Inventory facts();

  /**
   * Carries out one change.
   *
   * @return id of the machine, image, volume, snapshot, network or address that it is about; of the
   *     snapshot that a machine is restored from
   */
  String change(Change change);

  /** All machines of the account, those of strangers included. */
  List<ScriptedMachine> machines();

  /** Empty when there is no such machine (any more). */
  Optional<ScriptedMachine> machine(String id);

  /** Images which were captured in this account. */
  List<ScriptedImage> images();

  /** All volumes of the account. */
  List<ScriptedVolume> volumes();

  /** Empty when there is no such volume (any more). */
  Optional<ScriptedVolume> volume(String id);

  /** Snapshots which were taken in this account. */
  List<ScriptedSnapshot> snapshots();

  /** Snapshots of machines which were taken in this account. */
  List<ScriptedMachineSnapshot> machineSnapshots();

  /** All networks that were made in the account. */
  List<ScriptedNetwork> networks();

  /** Empty when no such network was made, or it is gone. */
  Optional<ScriptedNetwork> network(String id);

  /** All floating addresses that are lent. */
  List<ScriptedAddress> addresses();

  /** Empty when no such address is lent (any more). */
  Optional<ScriptedAddress> address(String id);

  /** What the machine wrote to its console. */
  String console(String machine);

  /**
   * Ids of the machines which changed after the news with the number {@code since}. Waits up to a
   * second when there are none.
   */
  News news(long since);

  /**
   * @param number of the newest news; the next question starts there
   * @param machines each once
   */
  record News(long number, List<String> machines) {}
}
