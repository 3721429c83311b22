package io.meltemi.connector.scripted;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.MachineState;
import io.meltemi.pivot.NetworkAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What stands in the cloud and the rules by which it changes. Not safe for several threads. */
final class World {
  private CloudScript script;
  private final Consumer<String> changed;
  private final Map<String, ScriptedMachine> machines = new LinkedHashMap<>();
  private final Map<String, ScriptedImage> images = new LinkedHashMap<>();
  private final List<Later> later = new ArrayList<>();
  private final Storehouse storehouse;
  private final Patchboard patchboard;
  private final Pool pool;
  private final Album album;
  private Amount quota;
  private long made;
  private long version;

  /** A change whose answer was lost and which is still to come. */
  record Later(Change change, Instant at) {}

  /** All there is, as it is kept in a file. */
  record Snapshot(
      long made,
      Amount quota,
      List<ScriptedMachine> machines,
      List<ScriptedImage> images,
      List<Later> later,
      Optional<Storehouse.Snapshot> storehouse,
      Optional<List<ScriptedNetwork>> networks,
      Optional<List<ScriptedAddress>> addresses,
      Optional<List<ScriptedMachineSnapshot>> machineSnapshots) {}

  /**
   * @param changed told the id of every machine that changes
   */
  World(CloudScript script, Consumer<String> changed) {
    this.script = script;
    this.changed = changed;
    quota = CloudScript.amount(script.quota());
    storehouse = new Storehouse(script, this);
    patchboard = new Patchboard(script, this);
    pool = new Pool(script, this);
    album = new Album(script, this);
  }

  /** Has from now on what another script says; what was made stays. */
  void follow(CloudScript next) {
    script = next;
    storehouse.follow(next);
    patchboard.follow(next);
    pool.follow(next);
    album.follow(next);
    quota(CloudScript.amount(next.quota()));
  }

  void populate(Instant now) {
    for (CloudScript.Stranger stranger : script.strangers()) {
      create(
          new Change.Create(
              stranger.name(),
              stranger.place(),
              Optional.of(stranger.size()),
              Amount.NONE,
              stranger.image(),
              Map.of(),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              List.of()),
          now);
    }
  }

  Snapshot snapshot() {
    return new Snapshot(
        made,
        quota,
        List.copyOf(machines.values()),
        List.copyOf(images.values()),
        List.copyOf(later),
        Optional.of(storehouse.snapshot()),
        Optional.of(patchboard.networks()),
        Optional.of(pool.addresses()),
        Optional.of(album.snapshots()));
  }

  void restore(Snapshot snapshot) {
    made = snapshot.made();
    quota = snapshot.quota();
    snapshot.machines().forEach(machine -> machines.put(machine.id(), machine));
    snapshot.images().forEach(image -> images.put(image.image().id(), image));
    later.addAll(snapshot.later());
    snapshot.storehouse().ifPresent(storehouse::restore);
    snapshot.networks().ifPresent(patchboard::restore);
    snapshot.addresses().ifPresent(pool::restore);
    snapshot.machineSnapshots().ifPresent(album::restore);
  }

  /** Lets happen what is due. */
  void settle(Instant now) {
    for (Later due : later.stream().filter(l -> !l.at().isAfter(now)).toList()) {
      later.remove(due);
      version++;
      try {
        carryOut(due.change(), due.at());
      } catch (ConnectorException refused) {
        // Whoever asked has long stopped listening.
        continue;
      }
    }
    for (ScriptedMachine machine : List.copyOf(machines.values())) {
      Optional<ScriptedMachine.Next> due = machine.onTheWay().filter(n -> !n.at().isAfter(now));
      due.ifPresent(next -> arrive(machine, next));
    }
    for (ScriptedImage image : List.copyOf(images.values())) {
      if (image.state() == Images.State.MAKING && !image.ready().isAfter(now)) {
        put(image.made());
      }
    }
    storehouse.settle(now);
    patchboard.settle(now);
    album.settle(now);
  }

  private void arrive(ScriptedMachine machine, ScriptedMachine.Next next) {
    if (next.state().isEmpty()) {
      remove(machine.id());
      return;
    }
    put(machine.becomes(next.state().get(), Optional.empty()));
  }

  void putOff(Change change, Instant at) {
    later.add(new Later(change, at));
    version++;
  }

  /**
   * A removal that takes time is carried out when it is over; asked again, it goes on as it was.
   */
  String accept(Change change, Instant now) {
    Duration time = removesSilently(change) ? script.delay(change.call()) : Duration.ZERO;
    if (time.isZero()) return carryOut(change, now);
    if (later.stream().noneMatch(each -> each.change().equals(change))) {
      putOff(change, now.plus(time));
    }
    return change.about();
  }

  /** True where what is being removed shows as ever until it is gone. */
  private static boolean removesSilently(Change change) {
    return change instanceof Change.DeleteImage
        || change instanceof Change.DeleteSnapshot
        || change instanceof Change.DeleteMachineSnapshot
        || change instanceof Change.ReleaseAddress;
  }

  private String carryOut(Change change, Instant now) {
    return switch (change) {
      case Change.Create create -> create(create, now);
      case Change.Act act -> act(act, now);
      case Change.Capture capture -> capture(capture, now);
      case Change.Delete delete -> delete(delete, now);
      case Change.DeleteImage delete -> deleteImage(delete);
      case Change.CreateVolume create -> storehouse.create(create, now);
      case Change.Attach attach -> storehouse.attach(attach, now);
      case Change.Detach detach -> storehouse.detach(detach, now);
      case Change.Snapshot snapshot -> storehouse.take(snapshot, now);
      case Change.DeleteVolume delete -> storehouse.delete(delete, now);
      case Change.DeleteSnapshot delete -> storehouse.delete(delete);
      case Change.SnapshotMachine snapshot -> album.take(snapshot, now);
      case Change.Restore restore -> album.restore(restore, now);
      case Change.DeleteMachineSnapshot delete -> album.delete(delete);
      case Change.CreateNetwork create -> patchboard.create(create, now);
      case Change.DeleteNetwork delete -> patchboard.delete(delete, now);
      case Change.LendAddress lend -> pool.lend(lend);
      case Change.ReleaseAddress release -> pool.release(release);
    };
  }

  private String create(Change.Create asked, Instant now) {
    Amount shape = new Judge(script, this).admit(asked);
    String id = newId("m");
    ScriptedMachine machine =
        new ScriptedMachine(
            id,
            opens(asked.place()) ? asked : asked.opening(List.of()),
            shape,
            cards(asked.networks()),
            MachineState.CREATING,
            next(MachineState.STARTED, now, "create"),
            Optional.empty(),
            1);
    put(machine);
    return id;
  }

  private boolean opens(String place) {
    return script.place(place).stream()
        .anyMatch(there -> there.abilities().contains(Capability.GUEST_PORTS));
  }

  private List<ScriptedMachine.Card> cards(List<String> chosen) {
    if (chosen.isEmpty()) return List.of(Cards.byDefault(made));
    List<ScriptedMachine.Card> cards = new ArrayList<>();
    for (String id : chosen) {
      cards.add(Cards.in(patchboard.joined(id).orElseThrow(), cards.size(), made));
    }
    return cards;
  }

  private String act(Change.Act asked, Instant now) {
    ScriptedMachine machine = machine(asked.machine()).orElseThrow(() -> unknown(asked.machine()));
    demand(machine, asked.action().needs());
    Moves.check(machine, asked.action());
    if (Moves.isThere(machine, asked.action())) {
      return machine.id();
    }
    String word = asked.action().name().toLowerCase(Locale.ROOT);
    ScriptedMachine acted = Moves.boots(machine, asked.action()) ? machine.booted() : machine;
    put(acted.becomes(asked.action().during(), next(asked.action().after(), now, word)));
    return machine.id();
  }

  private String capture(Change.Capture asked, Instant now) {
    ScriptedMachine machine = machine(asked.machine()).orElseThrow(() -> unknown(asked.machine()));
    demand(machine, Capability.CAPTURE);
    if (machine.state().transitional() || machine.state() == MachineState.ERROR) {
      throw new ConnectorException(
          Fault.BAD_REQUEST, "machine " + machine.id() + " is " + machine.state());
    }
    String id = newId("i");
    Inventory.Image origin = new Judge(script, this).image(machine.request().image());
    Inventory.Image image =
        new Inventory.Image(
            id,
            asked.name(),
            origin.cpuArchitecture(),
            origin.leastMemoryKibibytes(),
            origin.leastDiskKilobytes(),
            origin.places());
    Instant ready = now.plus(script.delay("capture"));
    put(new ScriptedImage(image, asked.tags(), Images.State.MAKING, ready));
    return id;
  }

  private String delete(Change.Delete asked, Instant now) {
    machine(asked.machine())
        .filter(machine -> !machine.going())
        .ifPresent(machine -> put(machine.becomes(MachineState.DELETING, Optional.of(gone(now)))));
    return asked.machine();
  }

  private String deleteImage(Change.DeleteImage asked) {
    if (images.remove(asked.image()) != null) {
      version++;
    }
    return asked.image();
  }

  /** Throws UNSUPPORTED where the machine's place cannot do it. */
  void demand(ScriptedMachine machine, Capability ability) {
    String place = machine.request().place();
    if (script.place(place).stream().noneMatch(p -> p.abilities().contains(ability))) {
      throw new ConnectorException(
          Fault.UNSUPPORTED, ability + " is not offered at " + place + " of " + script.name());
    }
  }

  private Optional<ScriptedMachine.Next> next(MachineState state, Instant now, String word) {
    return Optional.of(new ScriptedMachine.Next(Optional.of(state), now.plus(script.delay(word))));
  }

  private ScriptedMachine.Next gone(Instant now) {
    return new ScriptedMachine.Next(Optional.empty(), now.plus(script.delay("delete")));
  }

  static ConnectorException unknown(String id) {
    return new ConnectorException(Fault.BAD_REQUEST, "there is no " + id);
  }

  /**
   * An id that was never used.
   *
   * @param sort one letter that tells what it is
   */
  String newId(String sort) {
    made++;
    return script.name() + "-" + sort + made;
  }

  Storehouse storehouse() {
    return storehouse;
  }

  Patchboard patchboard() {
    return patchboard;
  }

  Pool pool() {
    return pool;
  }

  Album album() {
    return album;
  }

  /** Something other than a machine has changed. */
  void changed() {
    version++;
  }

  /** An accepted machine, volume or network will end in ERROR, a restore will change nothing. */
  void endBadly(String id, String reason) {
    storehouse.endBadly(id, reason);
    patchboard.endBadly(id, reason);
    album.endBadly(id, reason);
    machine(id).ifPresent(machine -> put(machine.doomed(reason)));
  }

  Amount quota() {
    return quota;
  }

  void quota(Amount limit) {
    quota = limit;
    version++;
  }

  /** Puts a machine in its place, from outside of the rules too. */
  void put(ScriptedMachine machine) {
    machines.put(machine.id(), machine);
    version++;
    changed.accept(machine.id());
  }

  private void put(ScriptedImage image) {
    images.put(image.image().id(), image);
    version++;
  }

  /** Grows with every change. */
  long version() {
    return version;
  }

  /**
   * A machine, snapshot of one, volume, network or lent address is gone; the volumes and the
   * address of a machine stay.
   */
  void remove(String id) {
    storehouse.remove(id);
    patchboard.remove(id);
    pool.remove(id);
    album.remove(id);
    album.without(id);
    storehouse.without(id);
    machines.remove(id);
    version++;
    changed.accept(id);
  }

  Optional<ScriptedMachine> machine(String id) {
    return Optional.ofNullable(machines.get(id));
  }

  List<ScriptedMachine> machines() {
    return List.copyOf(machines.values());
  }

  List<ScriptedImage> images() {
    return List.copyOf(images.values());
  }

  String console(String id) {
    ScriptedMachine machine = machine(id).orElseThrow(() -> unknown(id));
    demand(machine, Capability.CONSOLE);
    return Consoles.text(machine);
  }

  /** What machines and volumes use, at one place or anywhere. */
  Amount used(Optional<String> place) {
    Amount machinesUse =
        machines.values().stream()
            .filter(machine -> place.isEmpty() || place.get().equals(machine.request().place()))
            .map(ScriptedMachine::shape)
            .reduce(Amount.NONE, Amount::plus);
    return machinesUse.plus(storehouse.used(place));
  }

  /** What is used of the quota of networks; ranges are not counted. */
  NetworkAmount networkUsed() {
    return networkUsed(machines.values().stream());
  }

  /** The same as it is told: a machine has its ports some time after it was ordered. */
  private NetworkAmount networkUseTold() {
    return networkUsed(
        machines.values().stream().filter(each -> each.state() != MachineState.CREATING));
  }

  private NetworkAmount networkUsed(Stream<ScriptedMachine> having) {
    Judge judge = new Judge(script, this);
    long ports = having.mapToLong(each -> judge.ports(each.request())).sum();
    return new NetworkAmount(patchboard.networks().size(), 0, ports, pool.addresses().size());
  }

  Inventory inventory(Instant now) {
    Amount used = used(Optional.empty());
    return new Inventory(
            script.places().stream().map(this::place).toList(),
            script.sizes(),
            Stream.concat(script.images().stream(), captured()).toList(),
            quota,
            used,
            now,
            "script of " + script.name(),
            new Inventory.Storage(storehouse.types(), quota, used),
            script.networks(),
            new Inventory.Networking(script.networkLimit(), networkUseTold()))
        .identified(script.name());
  }

  /** Captured images which can be booted. */
  Stream<Inventory.Image> captured() {
    return images.values().stream()
        .filter(image -> image.state() == Images.State.READY)
        .sorted(Comparator.comparing(image -> image.image().id()))
        .map(ScriptedImage::image);
  }

  private Inventory.Place place(CloudScript.Place place) {
    Amount free =
        CloudScript.amount(place.capacity()).minus(used(Optional.of(place.location().id())));
    return new Inventory.Place(place.location(), free, place.abilities(), place.cpuArchitecture());
  }
}
