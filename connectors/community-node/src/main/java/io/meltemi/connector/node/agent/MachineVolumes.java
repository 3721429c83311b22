package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.host.Guest;
import io.meltemi.connector.node.host.GuestKind.Plugs;
import io.meltemi.connector.node.host.GuestKind.Session;
import io.meltemi.connector.node.host.HostException;
import io.meltemi.connector.node.host.Plug;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The volumes of one machine: takes what shall come, returns what shall go. Looks at what the guest
 * has before it acts, so that it goes on after any crash of the agent. Trouble with a volume is the
 * volume's and never the machine's. Used by the machine's thread.
 */
final class MachineVolumes {
  /** A guest that has not let go by then does not get the time of its next boot. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String machine;
  private final VolumeShelf shelf;
  private final Guest guest;
  private final Map<String, Long> asked = new HashMap<>();
  private final Set<String> plugged = new HashSet<>();
  private long launch;

  MachineVolumes(String machine, VolumeShelf shelf, Guest guest) {
    this.machine = machine;
    this.shelf = shelf;
    this.guest = guest;
  }

  /** Something to do with one volume. */
  private interface Act {
    void run();
  }

  private void tried(VolumeRecord volume, Act act) {
    try {
      act.run();
    } catch (HostException e) {
      shelf.trouble(volume.id(), e);
    }
  }

  private List<VolumeRecord> leaving() {
    return shelf.at(machine).stream().filter(VolumeRecord::leaving).toList();
  }

  /** Those that are on their way to the machine, whether or not that was begun. */
  private List<VolumeRecord> coming() {
    return Stream.concat(
            shelf.at(machine).stream().filter(volume -> !volume.leaving()),
            shelf.comingTo(machine).stream())
        .toList();
  }

  /** The machine has neither a process nor saved memory. */
  void atRest() {
    leaving().forEach(volume -> tried(volume, () -> giveBack(volume)));
    for (VolumeRecord volume : coming()) {
      if (!volume.attached()) {
        tried(volume, () -> take(volume, Set.of()).ifPresent(plug -> shelf.seen(volume.id())));
      }
    }
  }

  private void giveBack(VolumeRecord volume) {
    guest.takeBack(volume.id());
    asked.remove(volume.id());
    plugged.remove(volume.id());
    shelf.returned(volume.id());
  }

  /** Makes the volume the machine's, in a slot that stays its own. May be repeated. */
  private Optional<Plug> take(VolumeRecord volume, Set<Integer> taken) {
    int slot = volume.at().isEmpty() ? freeSlot(taken) : volume.slot();
    if (volume.at().isEmpty() && !shelf.lend(volume.id(), machine, slot)) {
      return Optional.empty();
    }
    guest.lend(volume.id(), volume.wanted().capacityKilobytes());
    return Optional.of(new Plug(volume.id(), slot));
  }

  private int freeSlot(Set<Integer> taken) {
    List<Integer> used = shelf.at(machine).stream().map(VolumeRecord::slot).toList();
    return Plug.slots().stream()
        .filter(slot -> !used.contains(slot) && !taken.contains(slot))
        .findFirst()
        .orElseThrow(() -> new HostException("the machine has no slot left for a volume"));
  }

  /** What the next start of the process shall have. */
  List<Plug> plugs() {
    List<Plug> plugs = new ArrayList<>();
    for (VolumeRecord volume : shelf.at(machine)) {
      tried(volume, () -> take(volume, Set.of()).ifPresent(plugs::add));
    }
    return plugs;
  }

  /** The machine's process answers. */
  void live(long nowLaunch) {
    if (launch != nowLaunch) {
      launch = nowLaunch;
      asked.clear();
      plugged.clear();
    }
    List<VolumeRecord> leaving = leaving();
    List<VolumeRecord> coming =
        coming().stream().filter(volume -> !plugged.contains(volume.id())).toList();
    if (!leaving.isEmpty() || !coming.isEmpty()) {
      try (Session session = guest.attach()) {
        Plugs plugs = session.plugs();
        leaving.forEach(volume -> tried(volume, () -> letGo(volume, plugs)));
        coming.forEach(volume -> tried(volume, () -> plug(volume, plugs)));
      } catch (HostException e) {
        Stream.concat(leaving.stream(), coming.stream())
            .forEach(volume -> shelf.trouble(volume.id(), e));
      }
    }
  }

  private void plug(VolumeRecord volume, Plugs plugs) {
    Optional<Plug> plug = take(volume, plugs.taken());
    if (plug.isPresent()) {
      plugs.plug(plug.get());
      asked.remove(volume.id());
      plugged.add(volume.id());
      shelf.seen(volume.id());
    }
  }

  /** Asks the guest first; the volume goes whatever the guest does. */
  private void letGo(VolumeRecord volume, Plugs plugs) {
    Plug plug = new Plug(volume.id(), volume.slot());
    plugged.remove(volume.id());
    Long since = asked.putIfAbsent(volume.id(), System.nanoTime());
    if (since == null) {
      plugs.ask(plug);
    } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
      plugs.take(plug);
    }
    if (!plugs.holds(plug)) {
      giveBack(volume);
    }
  }

  /**
   * Saved memory holds the devices that the guest had, and they must be there when it returns.
   *
   * @throws HostException when the guest has not let go of one that was taken from it
   */
  void mustBeSavable(Session session) {
    List<VolumeRecord> there = shelf.at(machine);
    Set<Integer> slots = new HashSet<>(there.stream().map(VolumeRecord::slot).toList());
    if (!slots.containsAll(session.plugs().taken())) {
      throw new HostException("the guest has not let go of a volume that was detached");
    }
  }

  /** The machine is no more. */
  void release() {
    shelf.at(machine).forEach(this::giveBack);
  }
}
