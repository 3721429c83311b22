package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import java.util.Optional;
import java.util.function.Supplier;

/** Ends of volumes and snapshots. Cinder refuses both what is going already and what is busy. */
final class Removing {
  private Removing() {}

  /**
   * @param status how cinder shows it now; empty when it is gone
   */
  static void asking(Runnable removal, Supplier<Optional<String>> status) {
    try {
      Faults.changing(removal);
    } catch (ConnectorException e) {
      if (e.fault() != Fault.BAD_REQUEST) {
        throw e;
      }
      Optional<String> now = Faults.asking(status);
      if (now.isEmpty() || now.get().equals("deleting") || now.get().equals("deleted")) {
        return;
      }
      throw VolumeStates.busy(now.get()) ? later(e, now.get()) : e;
    }
  }

  /** What cinder refuses only for as long as it works on the volume. */
  static ConnectorException later(ConnectorException refused, String status) {
    return new ConnectorException(
        Fault.TRANSIENT, refused.reason() + " (it is " + status + " now)", refused);
  }
}
