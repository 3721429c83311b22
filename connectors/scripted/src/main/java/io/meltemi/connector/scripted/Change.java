package io.meltemi.connector.scripted;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One change that the scripted cloud is asked for. Data only, so that it can wait in a file. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "call")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Change.Create.class, name = "create"),
  @JsonSubTypes.Type(value = Change.Act.class, name = "act"),
  @JsonSubTypes.Type(value = Change.Capture.class, name = "capture"),
  @JsonSubTypes.Type(value = Change.Delete.class, name = "delete"),
  @JsonSubTypes.Type(value = Change.DeleteImage.class, name = "deleteImage"),
  @JsonSubTypes.Type(value = Change.CreateVolume.class, name = "createVolume"),
  @JsonSubTypes.Type(value = Change.Attach.class, name = "attach"),
  @JsonSubTypes.Type(value = Change.Detach.class, name = "detach"),
  @JsonSubTypes.Type(value = Change.Snapshot.class, name = "snapshot"),
  @JsonSubTypes.Type(value = Change.DeleteVolume.class, name = "deleteVolume"),
  @JsonSubTypes.Type(value = Change.DeleteSnapshot.class, name = "deleteSnapshot"),
  @JsonSubTypes.Type(value = Change.SnapshotMachine.class, name = "snapshotMachine"),
  @JsonSubTypes.Type(value = Change.Restore.class, name = "restore"),
  @JsonSubTypes.Type(value = Change.DeleteMachineSnapshot.class, name = "deleteMachineSnapshot"),
  @JsonSubTypes.Type(value = Change.CreateNetwork.class, name = "createNetwork"),
  @JsonSubTypes.Type(value = Change.DeleteNetwork.class, name = "deleteNetwork"),
  @JsonSubTypes.Type(value = Change.LendAddress.class, name = "lendAddress"),
  @JsonSubTypes.Type(value = Change.ReleaseAddress.class, name = "releaseAddress")
})
public sealed interface Change {

  /**
   * @param size empty at a place with free sizes
   * @param wanted what the machine shall have where sizes are free
   * @param tags kept with the machine and shown again
   * @param networks ids of the networks of its cards; empty for the default
   */
  record Create(
      String name,
      String place,
      Optional<String> size,
      Amount wanted,
      String image,
      Map<String, String> tags,
      Optional<String> userDataBase64,
      Optional<String> publicKey,
      List<Integer> guestPorts,
      List<String> networks)
      implements Change {

    /** The same with one more tag. */
    Create tagged(String tag, String value) {
      Map<String, String> all = new HashMap<>(tags);
      all.put(tag, value);
      return new Create(
          name, place, size, wanted, image, all, userDataBase64, publicKey, guestPorts, networks);
    }

    /** The same under another name. */
    Create named(String other) {
      return new Create(
          other, place, size, wanted, image, tags, userDataBase64, publicKey, guestPorts, networks);
    }

    /** The same with these ports of the guest. */
    Create opening(List<Integer> ports) {
      return new Create(
          name, place, size, wanted, image, tags, userDataBase64, publicKey, ports, networks);
    }
  }

  record Act(String machine, MachineAction action) implements Change {}

  record Capture(String machine, String name, Map<String, String> tags) implements Change {}

  /** Of a machine. */
  record Delete(String machine) implements Change {}

  record DeleteImage(String image) implements Change {}

  /**
   * @param type empty where there is only one
   * @param snapshot whose data it begins with
   */
  record CreateVolume(
      String name,
      String place,
      Optional<String> type,
      long capacityKilobytes,
      Optional<String> snapshot,
      Map<String, String> tags)
      implements Change {

    /** The same under another name. */
    CreateVolume named(String other) {
      return new CreateVolume(other, place, type, capacityKilobytes, snapshot, tags);
    }

    /** The same with another capacity. */
    CreateVolume holding(long kilobytes) {
      return new CreateVolume(name, place, type, kilobytes, snapshot, tags);
    }
  }

  record Attach(String volume, String machine) implements Change {}

  record Detach(String volume, String machine) implements Change {}

  record Snapshot(String volume, String name, Map<String, String> tags) implements Change {}

  record DeleteVolume(String volume) implements Change {}

  record DeleteSnapshot(String snapshot) implements Change {}

  record SnapshotMachine(String machine, String name, Map<String, String> tags) implements Change {}

  record Restore(String machine, String snapshot) implements Change {}

  record DeleteMachineSnapshot(String snapshot) implements Change {}

  /**
   * @param subnet range of its addresses; empty leaves it to the cloud
   */
  record CreateNetwork(String name, String place, Optional<String> subnet, Map<String, String> tags)
      implements Change {}

  record DeleteNetwork(String network) implements Change {}

  record LendAddress(String machine, Map<String, String> tags) implements Change {}

  record ReleaseAddress(String address) implements Change {}

  /** The word for it in scripts and logs. */
  default String call() {
    return switch (this) {
      case Create c -> "create";
      case Act a -> "act";
      case Capture c -> "capture";
      case Delete d -> "delete";
      case DeleteImage d -> "deleteImage";
      case CreateVolume c -> "createVolume";
      case Attach a -> "attach";
      case Detach d -> "detach";
      case Snapshot s -> "snapshot";
      case DeleteVolume d -> "deleteVolume";
      case DeleteSnapshot d -> "deleteSnapshot";
      case SnapshotMachine s -> "snapshotMachine";
      case Restore r -> "restore";
      case DeleteMachineSnapshot d -> "deleteMachineSnapshot";
      case CreateNetwork c -> "createNetwork";
      case DeleteNetwork d -> "deleteNetwork";
      case LendAddress l -> "lendAddress";
      case ReleaseAddress r -> "releaseAddress";
    };
  }

  /** What it is about: a name where nothing has an id yet. */
  default String about() {
    return switch (this) {
      case Create c -> c.name();
      case Act a -> a.machine() + " " + a.action();
      case Capture c -> c.machine();
      case Delete d -> d.machine();
      case DeleteImage d -> d.image();
      case CreateVolume c -> c.name();
      case Attach a -> a.volume() + " " + a.machine();
      case Detach d -> d.volume() + " " + d.machine();
      case Snapshot s -> s.volume();
      case DeleteVolume d -> d.volume();
      case DeleteSnapshot d -> d.snapshot();
      case SnapshotMachine s -> s.machine();
      case Restore r -> r.machine() + " " + r.snapshot();
      case DeleteMachineSnapshot d -> d.snapshot();
      case CreateNetwork c -> c.name();
      case DeleteNetwork d -> d.network();
      case LendAddress l -> l.machine();
      case ReleaseAddress r -> r.address();
    };
  }
}
