package io.meltemi.connector.openstack;

import io.meltemi.connector.Images;
import io.meltemi.pivot.VolumeState;
import java.util.Optional;

/** Cinder's states in our words. */
final class VolumeStates {
  /** On its way off a server, which still shows it. */
  static final String LEAVING = "detaching";

  private VolumeStates() {}

  /** Empty for a volume that cinder shows although it is gone. */
  static Optional<VolumeState> of(CinderVolume volume) {
    return switch (volume.status()) {
      case "deleted" -> Optional.empty();
      case "creating", "downloading" -> Optional.of(VolumeState.CREATING);
      case "deleting" -> Optional.of(VolumeState.DELETING);
      case "backing-up", "uploading" -> Optional.of(VolumeState.CAPTURING);
      case "restoring-backup", "reverting" -> Optional.of(VolumeState.RESTORING);
      case String other when other.startsWith("error") -> Optional.of(VolumeState.ERROR);
      // Available, in-use and the ways between; what else there is keeps the volume's data.
      default -> Optional.of(VolumeState.AVAILABLE);
    };
  }

  /** True while cinder works on it and refuses everything else: that ends by itself. */
  static boolean busy(String status) {
    return switch (status) {
      case "creating",
          "downloading",
          "attaching",
          "reserved",
          LEAVING,
          "deleting",
          "backing-up",
          "uploading",
          "restoring-backup",
          "reverting",
          "extending",
          "retyping",
          "updating" ->
          true;
      default -> false;
    };
  }

  static Images.State of(CinderSnapshot snapshot) {
    return switch (snapshot.status()) {
      case "available" -> Images.State.READY;
      case String other when other.startsWith("error") -> Images.State.FAILED;
      default -> Images.State.MAKING;
    };
  }
}
