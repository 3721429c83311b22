package io.meltemi.connector.node.agent;

import io.meltemi.connector.Images;
import io.meltemi.connector.node.Reported;
import io.meltemi.connector.node.ReportedSnapshot;
import io.meltemi.connector.node.ReportedVolume;
import io.meltemi.connector.node.WantedSnapshot;
import io.meltemi.connector.node.WantedVolume;
import io.meltemi.connector.node.agent.MachineRecord.Phase;
import io.meltemi.connector.node.host.Disks;
import io.meltemi.connector.node.host.HostException;
import io.meltemi.pivot.VolumeState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's volumes and snapshots: makes and removes them, and says which machine has which
 * volume. A machine's own thread takes and returns volumes; nothing else touches one meanwhile.
 */
final class VolumeShelf {
  private static final Logger LOG = LoggerFactory.getLogger(VolumeShelf.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int REASON = 900;

  private final Disks disks;
  private final Consumer<Reported> outbox;
  private final LongSupplier lentKilobytes;
  private final Map<String, VolumeRecord> volumes = new TreeMap<>();
  private final Map<String, SnapshotRecord> snapshots = new TreeMap<>();
  private final Set<String> busy = new HashSet<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param lentKilobytes what all volumes and snapshots of the node may hold now
   */
  VolumeShelf(Disks disks, Consumer<Reported> outbox, LongSupplier lentKilobytes) {
    this.disks = disks;
    this.outbox = outbox;
    this.lentKilobytes = lentKilobytes;
  }

  /** Takes in what is on disk and goes on with it. */
  synchronized void adopt() {
    disks.open();
    for (Path folder : disks.folders()) {
      String id = String.valueOf(folder.getFileName());
      Optional<VolumeRecord> volume = file(id, "volume", VolumeRecord.class).read();
      Optional<SnapshotRecord> snapshot = file(id, "snapshot", SnapshotRecord.class).read();
      volume.ifPresent(found -> volumes.put(id, found));
      snapshot.ifPresent(found -> snapshots.put(id, found));
      if (volume.isEmpty() && snapshot.isEmpty()) {
        disks.remove(id); // what a removal has left over
      }
    }
    volumes.values().forEach(volume -> outbox.accept(volume.report()));
    snapshots.values().forEach(snapshot -> outbox.accept(snapshot.report()));
    look();
  }

  private <T> RecordFile<T> file(String id, String name, Class<T> type) {
    return new RecordFile<>(disks.folder(id), name, type);
  }

  /** May be repeated. */
  synchronized void apply(long number, WantedVolume wanted, boolean spokenOf) {
    VolumeRecord before = volumes.get(wanted.id());
    if (before != null) {
      if (number > before.number()) {
        keep(before.wanting(number, wanted));
      }
    } else if (wanted.absent() || spokenOf) {
      outbox.accept(gone(number, wanted));
    } else {
      keep(VolumeRecord.of(number, wanted));
    }
    look();
  }

  /** May be repeated. */
  synchronized void apply(long number, WantedSnapshot wanted, boolean spokenOf) {
    SnapshotRecord before = snapshots.get(wanted.id());
    if (before != null) {
      if (number > before.number()) {
        keep(before.wanting(number, wanted));
      }
    } else if (wanted.absent() || spokenOf) {
      outbox.accept(gone(number, wanted));
    } else {
      keep(SnapshotRecord.of(number, wanted));
    }
    look();
  }

  private static ReportedVolume gone(long number, WantedVolume wanted) {
    String reason = wanted.absent() ? "" : "this node has lost it";
    return new ReportedVolume(wanted.id(), number, true, VolumeState.DELETING, reason, "");
  }

  private static ReportedSnapshot gone(long number, WantedSnapshot wanted) {
    String reason = wanted.absent() ? "" : "this node has lost it";
    return new ReportedSnapshot(wanted.id(), number, true, Images.State.FAILED, reason);
  }

  private synchronized void keep(VolumeRecord record) {
    file(record.id(), "volume", VolumeRecord.class).write(record);
    volumes.put(record.id(), record);
    outbox.accept(record.report());
  }

  private synchronized void keep(SnapshotRecord record) {
    file(record.id(), "snapshot", SnapshotRecord.class).write(record);
    snapshots.put(record.id(), record);
    outbox.accept(record.report());
  }

  /** Begins everything that can be begun now. */
  private synchronized void look() {
    for (VolumeRecord volume : List.copyOf(volumes.values())) {
      if (due(volume)) {
        begin(Set.of(volume.id()), () -> work(volume));
      }
    }
    for (SnapshotRecord snapshot : List.copyOf(snapshots.values())) {
      if (due(snapshot)) {
        begin(both(snapshot), () -> work(snapshot));
      }
    }
  }

  private boolean due(VolumeRecord volume) {
    if (busy.contains(volume.id())) {
      return false;
    }
    SnapshotRecord source = snapshots.get(volume.wanted().source());
    return volume.wanted().absent()
        ? volume.at().isEmpty()
        : volume.phase() == Phase.NEW && (source == null || source.phase() != Phase.NEW);
  }

  /** One that a volume is still to be made of stays as long. */
  private boolean due(SnapshotRecord snapshot) {
    if (busy.contains(snapshot.id()) || busy.contains(snapshot.wanted().volume())) {
      return false;
    }
    if (snapshot.wanted().absent()) {
      return volumes.values().stream()
          .noneMatch(volume ->
              volume.phase() == Phase.NEW && volume.wanted().source().equals(snapshot.id()));
    }
    VolumeRecord model = volumes.get(snapshot.wanted().volume());
    return snapshot.phase() == Phase.NEW && (model == null || model.phase() != Phase.NEW);
  }

  /** The snapshot, and the volume that must stay as it is meanwhile. */
  private static Set<String> both(SnapshotRecord snapshot) {
    return new HashSet<>(List.of(snapshot.id(), snapshot.wanted().volume()));
  }

  private void begin(Set<String> ids, Runnable task) {
    busy.addAll(ids);
    threads.execute(() -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.warn("{} is tried again", ids, e);
        pause();
      } finally {
        end(ids);
      }
    });
  }

  private synchronized void end(Set<String> ids) {
    busy.removeAll(ids);
    if (!threads.isShutdown()) {
      look();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(VolumeRecord volume) {
    if (volume.wanted().absent()) {
      disks.remove(volume.id());
      forget(volume);
    } else {
      Result result = tried(() -> make(volume.wanted()));
      finish(volume.id(), result);
    }
  }

  private void work(SnapshotRecord snapshot) {
    if (snapshot.wanted().absent()) {
      disks.remove(snapshot.id());
      forget(snapshot);
    } else {
      Result result = tried(() -> take(snapshot.wanted()));
      finish(snapshot, result);
    }
  }

  private synchronized void forget(VolumeRecord volume) {
    volumes.remove(volume.id());
    outbox.accept(gone(volume.number(), volume.wanted()));
  }

  private synchronized void forget(SnapshotRecord snapshot) {
    snapshots.remove(snapshot.id());
    outbox.accept(gone(snapshot.number(), snapshot.wanted()));
  }

  /** How the making of something ended. */
  private record Result(Phase phase, String reason) {}

  private static Result tried(Runnable making) {
    try {
      making.run();
      return new Result(Phase.READY, "");
    } catch (HostException e) {
      return new Result(Phase.BROKEN, shortened(e));
    }
  }

  private static String shortened(HostException e) {
    return e.reason().substring(0, Math.min(REASON, e.reason().length()));
  }

  private synchronized void finish(String volume, Result result) {
    Optional.ofNullable(volumes.get(volume))
        .ifPresent(record -> keep(record.in(result.phase(), result.reason())));
  }

  private synchronized void finish(SnapshotRecord snapshot, Result result) {
    Optional.ofNullable(snapshots.get(snapshot.id()))
        .ifPresent(record -> keep(record.in(result.phase(), result.reason())));
  }

  private void make(WantedVolume wanted) {
    admit();
    if (wanted.source().isEmpty()) {
      disks.make(wanted.id(), wanted.capacityKilobytes());
    } else {
      mustBeReady(wanted.source());
      disks.copy(wanted.source(), wanted.id(), wanted.capacityKilobytes());
    }
  }

  private synchronized void mustBeReady(String snapshot) {
    SnapshotRecord source = snapshots.get(snapshot);
    if (source == null || source.phase() != Phase.READY) {
      throw new HostException("there is no snapshot " + snapshot);
    }
  }

  private void take(WantedSnapshot wanted) {
    mustStandAlone(wanted.volume());
    admit();
    disks.copy(wanted.volume(), wanted.id(), wanted.capacityKilobytes());
  }

  private synchronized void mustStandAlone(String volume) {
    VolumeRecord model =
        Optional.ofNullable(volumes.get(volume))
            .filter(found -> found.phase() == Phase.READY)
            .orElseThrow(() -> new HostException("there is no volume " + volume));
    if (!model.at().isEmpty()) {
      throw new HostException("the volume is attached to " + model.at());
    }
  }

  /** Refuses what the node does not lend. What is to be made is among the records already. */
  private synchronized void admit() {
    long all =
        volumes.values().stream()
                .filter(volume -> volume.phase() != Phase.BROKEN)
                .mapToLong(volume -> volume.wanted().capacityKilobytes())
                .sum()
            + snapshots.values().stream()
                .filter(snapshot -> snapshot.phase() != Phase.BROKEN)
                .mapToLong(snapshot -> snapshot.wanted().capacityKilobytes())
                .sum();
    long lent = lentKilobytes.getAsLong();
    if (all > lent) {
      throw new HostException("this node lends " + lent + " kB of disk, volumes would have " + all);
    }
  }

  /** Volumes that are lent to the machine. */
  synchronized List<VolumeRecord> at(String machine) {
    return volumes.values().stream().filter(volume -> volume.at().equals(machine)).toList();
  }

  /** Volumes that can be lent to the machine now, as they shall be. */
  synchronized List<VolumeRecord> comingTo(String machine) {
    return volumes.values().stream()
        .filter(volume -> volume.comingTo(machine) && !busy.contains(volume.id()))
        .toList();
  }

  /** False when it shall not be lent any more. */
  synchronized boolean lend(String volume, String machine, int slot) {
    Optional<VolumeRecord> found =
        comingTo(machine).stream().filter(record -> record.id().equals(volume)).findFirst();
    found.ifPresent(record -> keep(record.lent(machine, slot)));
    return found.isPresent();
  }

  synchronized void seen(String volume) {
    Optional.ofNullable(volumes.get(volume))
        .filter(record -> !record.attached() || !record.reason().isEmpty())
        .ifPresent(record -> keep(record.seen()));
  }

  synchronized void returned(String volume) {
    Optional.ofNullable(volumes.get(volume)).ifPresent(record -> keep(record.alone()));
    look();
  }

  /** What could not be done now is tried again, and the reason is gone then. */
  synchronized void trouble(String volume, HostException e) {
    Optional.ofNullable(volumes.get(volume))
        .filter(record -> !record.reason().equals(shortened(e)))
        .ifPresent(record -> {
          LOG.warn("volume {}: {}", volume, e.reason());
          keep(record.in(record.phase(), shortened(e)));
        });
  }

  /** Machines that volumes are lent to. */
  synchronized Set<String> machines() {
    Set<String> machines = new HashSet<>();
    volumes.values().stream()
        .map(VolumeRecord::at)
        .filter(machine -> !machine.isEmpty())
        .forEach(machines::add);
    return machines;
  }

  void close() {
    threads.shutdownNow();
  }
}
