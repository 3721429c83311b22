package io.meltemi.connector.openstack;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import java.util.Map;
import java.util.Optional;

/** Puts volumes to servers and takes them off. Nova does it, and refuses what is done already. */
final class Attaching {
  private final Nova nova;
  private final BlockStorage storage;

  Attaching(Nova nova, BlockStorage storage) {
    this.nova = nova;
    this.storage = storage;
  }

  void attach(Handle volume, Handle machine) {
    Faults.asking(storage::needed);
    if (isThere(volume, machine)) {
      return;
    }
    Map<String, Object> body = Map.of("volumeAttachment", Map.of("volumeId", volume.value()));
    try {
      Faults.changing(() -> nova.gaps().attach(nova.region(), machine.value(), body));
    } catch (ConnectorException e) {
      if (e.fault() != Fault.BAD_REQUEST || !isThere(volume, machine)) {
        throw e;
      }
    }
  }

  /**
   * True when the volume is at the server or on its way there.
   *
   * @throws ConnectorException with TRANSIENT while it is on its way off
   */
  private boolean isThere(Handle volume, Handle machine) {
    if (!known(volume, machine)) return false;
    if (status(volume).equals(Optional.of(VolumeStates.LEAVING))) {
      throw new ConnectorException(
          Fault.TRANSIENT, "volume " + volume.value() + " is on its way off that server");
    }
    return true;
  }

  void detach(Handle volume, Handle machine) {
    try {
      Faults.changing(() -> nova.gaps().detach(nova.region(), machine.value(), volume.value()));
    } catch (ConnectorException e) {
      if (e.fault() != Fault.BAD_REQUEST) {
        throw e;
      }
      Optional<String> now = status(volume);
      if (now.isEmpty() || now.get().equals(VolumeStates.LEAVING) || !known(volume, machine)) {
        return;
      }
      throw VolumeStates.busy(now.get()) ? Removing.later(e, now.get()) : e;
    }
  }

  private Optional<String> status(Handle volume) {
    return Faults.asking(() -> storage.volume(volume)).map(CinderVolume::status);
  }

  /** True when the volume is at the server, on its way there or on its way off. */
  private boolean known(Handle volume, Handle machine) {
    return Faults.asking(
        () -> nova.gaps().attachment(nova.region(), machine.value(), volume.value()) != null);
  }
}
