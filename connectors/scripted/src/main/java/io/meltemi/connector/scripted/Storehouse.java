package io.meltemi.connector.scripted;

import static io.meltemi.connector.scripted.World.unknown;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.scripted.ScriptedVolume.Attachment;
import io.meltemi.connector.scripted.ScriptedVolume.Stage;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.VolumeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The volumes of the world and the rules by which they change. */
final class Storehouse {
  private CloudScript script;
  private final World world;
  private final Map<String, ScriptedVolume> volumes = new LinkedHashMap<>();
  private final Map<String, ScriptedSnapshot> snapshots = new LinkedHashMap<>();

  /** All there is, as it is kept in a file. */
  record Snapshot(List<ScriptedVolume> volumes, List<ScriptedSnapshot> snapshots) {}

  Storehouse(CloudScript script, World world) {
    this.script = script;
    this.world = world;
  }

  void follow(CloudScript next) {
    script = next;
  }

  Snapshot snapshot() {
    return new Snapshot(List.copyOf(volumes.values()), List.copyOf(snapshots.values()));
  }

  void restore(Snapshot kept) {
    kept.volumes().forEach(volume -> volumes.put(volume.id(), volume));
    kept.snapshots().forEach(snapshot -> snapshots.put(snapshot.id(), snapshot));
  }

  /** Lets happen what is due. */
  void settle(Instant now) {
    for (ScriptedVolume volume : List.copyOf(volumes.values())) {
      ScriptedVolume moved = volume.attached(moved(volume.attachments(), now));
      if (over(volume.until(), now)) {
        arrive(moved);
      } else if (!moved.equals(volume)) {
        put(moved);
      }
    }
    for (ScriptedSnapshot snapshot : List.copyOf(snapshots.values())) {
      if (snapshot.state() == Images.State.MAKING && !snapshot.ready().isAfter(now)) {
        put(snapshot.made());
      }
    }
  }

  private static boolean over(Optional<Instant> until, Instant now) {
    return until.isPresent() && !until.get().isAfter(now);
  }

  private void arrive(ScriptedVolume volume) {
    if (volume.state() == VolumeState.DELETING) {
      remove(volume.id());
      return;
    }
    VolumeState end = volume.reason().isPresent() ? VolumeState.ERROR : VolumeState.AVAILABLE;
    put(volume.becomes(end, Optional.empty()));
  }

  private static List<Attachment> moved(List<Attachment> attachments, Instant now) {
    List<Attachment> left = new ArrayList<>();
    for (Attachment each : attachments) {
      if (!over(each.until(), now)) {
        left.add(each);
      } else if (each.stage() == Stage.COMING) {
        left.add(each.at(Stage.THERE, Optional.empty()));
      }
    }
    return left;
  }

  String create(Change.CreateVolume asked, Instant now) {
    demand(asked.place(), Capability.VOLUME_CREATE);
    asked.snapshot().ifPresent(id -> check(snapshot(id), asked));
    checkType(asked);
    Amount wanted = new Amount(0, 0, 0, asked.capacityKilobytes(), 1);
    new Judge(script, world).checkRoom(asked.place(), wanted);
    String id = world.newId("v");
    put(
        new ScriptedVolume(
            id,
            asked,
            VolumeState.CREATING,
            Optional.of(now.plus(script.delay("createVolume"))),
            Optional.empty(),
            List.of()));
    return id;
  }

  private void demand(String place, Capability ability) {
    CloudScript.Place there =
        script.place(place).orElseThrow(() -> Judge.bad("there is no place " + place));
    if (!there.abilities().contains(ability)) {
      throw new ConnectorException(
          Fault.UNSUPPORTED, ability + " is not offered at " + place + " of " + script.name());
    }
  }

  private static void check(ScriptedSnapshot snapshot, Change.CreateVolume asked) {
    boolean usable =
        snapshot.state() == Images.State.READY
            && snapshot.place().equals(asked.place())
            && snapshot.capacityKilobytes() <= asked.capacityKilobytes();
    if (!usable) {
      throw Judge.bad("snapshot " + snapshot.id() + " is not ready, too large, or elsewhere");
    }
  }

  private ScriptedSnapshot snapshot(String id) {
    return Optional.ofNullable(snapshots.get(id)).orElseThrow(() -> unknown(id));
  }

  private void checkType(Change.CreateVolume asked) {
    Inventory.VolumeType type =
        script.volumeTypes().stream()
            .filter(each -> each.id().equals(asked.type()))
            .filter(each -> each.places().isEmpty() || each.places().contains(asked.place()))
            .findFirst()
            .orElseThrow(() ->
                Judge.bad("there is no volume type " + asked.type() + " at " + asked.place()));
    if (asked.capacityKilobytes() > type.mostKilobytes()) {
      throw Judge.bad("a volume holds at most " + type.mostKilobytes() + " kB there");
    }
    if (asked.capacityKilobytes() > left(type).freeKilobytes().orElse(Long.MAX_VALUE)) {
      throw new ConnectorException(Fault.CAPACITY, "no room for volumes of " + type.name());
    }
  }

  /** What a volume can be, with what is left where a type has room of its own. */
  List<Inventory.VolumeType> types() {
    return script.volumeTypes().stream().map(this::left).toList();
  }

  private Inventory.VolumeType left(Inventory.VolumeType type) {
    if (type.freeKilobytes().isEmpty()) return type;
    long used =
        volumes.values().stream()
            .filter(volume -> volume.request().type().equals(type.id()))
            .mapToLong(volume -> volume.amount().diskKilobytes())
            .sum();
    return new Inventory.VolumeType(
        type.id(),
        type.name(),
        type.mostKilobytes(),
        type.pricePerGigabyte(),
        type.places(),
        OptionalLong.of(Math.max(0, type.freeKilobytes().getAsLong() - used)));
  }

  private boolean apart(ScriptedVolume volume) {
    return script.volumeTypes().stream()
        .filter(type -> type.id().equals(volume.request().type()))
        .anyMatch(type -> type.freeKilobytes().isPresent());
  }

  String attach(Change.Attach asked, Instant now) {
    ScriptedMachine machine =
        world.machine(asked.machine()).orElseThrow(() -> unknown(asked.machine()));
    demand(machine.request().place(), Capability.VOLUME_ATTACH);
    ScriptedVolume volume = volume(asked.volume()).orElseThrow(() -> unknown(asked.volume()));
    Optional<Attachment> there = volume.at(machine.id());
    if (there.isPresent() && there.get().stage() != Stage.GOING) {
      return volume.id();
    }
    if (there.isPresent()) {
      throw new ConnectorException(
          Fault.TRANSIENT, "volume " + volume.id() + " is on its way off that machine");
    }
    checkFree(volume, machine);
    Attachment coming =
        new Attachment(
            machine.id(),
            nextDevice(machine.id()),
            Stage.COMING,
            Optional.of(now.plus(script.delay("attach"))));
    put(volume.attached(List.of(coming)));
    return volume.id();
  }

  private static void checkFree(ScriptedVolume volume, ScriptedMachine machine) {
    boolean ready =
        machine.state() == MachineState.STARTED || machine.state() == MachineState.STOPPED;
    if (!ready) {
      throw Judge.bad("machine " + machine.id() + " is " + machine.state());
    }
    if (!volume.request().place().equals(machine.request().place())) {
      throw Judge.bad("volume " + volume.id() + " is at another place than " + machine.id());
    }
    checkAlone(volume);
  }

  private static void checkAlone(ScriptedVolume volume) {
    if (volume.state() != VolumeState.AVAILABLE || !volume.attachments().isEmpty()) {
      throw Judge.bad(
          "volume " + volume.id() + " is " + volume.state() + " at " + volume.attachments());
    }
  }

  private String nextDevice(String machine) {
    long there = volumes.values().stream().filter(volume -> volume.at(machine).isPresent()).count();
    return "/dev/vd" + (char) ('b' + there % 24);
  }

  String detach(Change.Detach asked, Instant now) {
    Optional<ScriptedVolume> volume = volume(asked.volume());
    Optional<Attachment> there = volume.flatMap(each -> each.at(asked.machine()));
    if (volume.isEmpty() || there.isEmpty() || there.get().stage() == Stage.GOING) {
      return asked.volume();
    }
    Optional<Instant> over = Optional.of(now.plus(script.delay("detach")));
    put(volume.get().attached(List.of(there.get().at(Stage.GOING, over))));
    return asked.volume();
  }

  String take(Change.Snapshot asked, Instant now) {
    ScriptedVolume volume = volume(asked.volume()).orElseThrow(() -> unknown(asked.volume()));
    demand(volume.request().place(), Capability.VOLUME_SNAPSHOT);
    checkAlone(volume);
    String id = world.newId("s");
    put(
        new ScriptedSnapshot(
            id,
            asked.name(),
            volume.id(),
            volume.request().place(),
            volume.request().capacityKilobytes(),
            asked.tags(),
            Images.State.MAKING,
            now.plus(script.delay("snapshot"))));
    return id;
  }

  String delete(Change.DeleteVolume asked, Instant now) {
    Optional<ScriptedVolume> volume = volume(asked.volume());
    if (volume.isEmpty() || volume.get().state() == VolumeState.DELETING) {
      return asked.volume();
    }
    if (!volume.get().attachments().isEmpty()) {
      checkAlone(volume.get());
    }
    Instant over = now.plus(script.delay("deleteVolume"));
    put(volume.get().becomes(VolumeState.DELETING, Optional.of(over)));
    return asked.volume();
  }

  String delete(Change.DeleteSnapshot asked) {
    if (snapshots.remove(asked.snapshot()) != null) {
      world.changed();
    }
    return asked.snapshot();
  }

  /** The machine is gone; its volumes are not. */
  void without(String machine) {
    Predicate<Attachment> elsewhere = each -> !each.machine().equals(machine);
    for (ScriptedVolume volume : List.copyOf(volumes.values())) {
      List<Attachment> left = volume.attachments().stream().filter(elsewhere).toList();
      if (left.size() < volume.attachments().size()) {
        put(volume.attached(left));
      }
    }
  }

  /** An accepted volume will end in ERROR. */
  void endBadly(String id, String reason) {
    volume(id).ifPresent(volume -> put(doomed(volume.because(reason))));
  }

  /** Where making takes no time, the end has come already. */
  private static ScriptedVolume doomed(ScriptedVolume volume) {
    return volume.until().isPresent()
        ? volume
        : volume.becomes(VolumeState.ERROR, Optional.empty());
  }

  void put(ScriptedVolume volume) {
    volumes.put(volume.id(), volume);
    world.changed();
  }

  private void put(ScriptedSnapshot snapshot) {
    snapshots.put(snapshot.id(), snapshot);
    world.changed();
  }

  void remove(String id) {
    if (volumes.remove(id) != null) {
      world.changed();
    }
  }

  Optional<ScriptedVolume> volume(String id) {
    return Optional.ofNullable(volumes.get(id));
  }

  List<ScriptedVolume> volumes() {
    return List.copyOf(volumes.values());
  }

  List<ScriptedSnapshot> snapshots() {
    return List.copyOf(snapshots.values());
  }

  /** What volumes use, at one place or anywhere. */
  Amount used(Optional<String> place) {
    return volumes.values().stream()
        .filter(volume ->
            place.isEmpty() || place.get().equals(volume.request().place()) && !apart(volume))
        .map(ScriptedVolume::amount)
        .reduce(Amount.NONE, Amount::plus);
  }
}
