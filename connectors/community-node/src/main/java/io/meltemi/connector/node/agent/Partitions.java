package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.Power;
import io.meltemi.connector.node.Reported;
import io.meltemi.connector.node.ReportedConsole;
import io.meltemi.connector.node.ReportedMachine;
import io.meltemi.connector.node.SyncAnswer;
import io.meltemi.connector.node.WantedConsole;
import io.meltemi.connector.node.WantedImage;
import io.meltemi.connector.node.WantedMachine;
import io.meltemi.connector.node.WantedSnapshot;
import io.meltemi.connector.node.WantedVolume;
import io.meltemi.connector.node.host.DurableFile;
import io.meltemi.connector.node.host.Guest;
import io.meltemi.connector.node.host.Host;
import io.meltemi.connector.node.host.HostException;
import io.meltemi.pivot.MachineState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All partitions of the node: takes in those on disk, passes on what the broker wants. */
final class Partitions {
  private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

  private final Host host;
  private final Allocator allocator;
  private final Outbox outbox;
  private final Captures captures;
  private final VolumeShelf shelf;
  private final Duration grace;
  private final Map<String, MachineWorker> workers = new ConcurrentHashMap<>();

  /**
   * @param lentKilobytes disk that the owner lends now
   */
  Partitions(
      Host host, Allocator allocator, Outbox outbox, Duration grace, LongSupplier lentKilobytes) {
    this.host = host;
    this.allocator = allocator;
    this.outbox = outbox;
    this.grace = grace;
    this.captures = new Captures(host, outbox::put, outbox::selfChanged);
    this.shelf = new VolumeShelf(host.disks(), outbox::put, lentKilobytes);
  }

  /** Takes in what is on disk, running guests included. */
  void adopt() {
    shelf.adopt();
    List<MachineRecord> found = folders().stream().flatMap(path -> read(path).stream()).toList();
    found.forEach(allocator::adopt);
    found.forEach(this::work);
    shelf.machines().stream()
        .filter(machine -> !workers.containsKey(machine))
        .forEach(gone -> new MachineVolumes(gone, shelf, new Guest(host, gone, 0)).release());
    LOG.info("{} machines on this node", found.size());
  }

  private List<Path> folders() {
    try (Stream<Path> inside = Files.list(host.node().resolve("partitions"))) {
      return inside.sorted().toList();
    } catch (IOException e) {
      throw new HostException("cannot read the partitions", e);
    }
  }

  /** A folder without a record is what a removal has left over. */
  private Optional<MachineRecord> read(Path folder) {
    Optional<MachineRecord> record = RecordFile.ofMachine(folder).read();
    if (record.isEmpty() && host.guard().running(folder).isEmpty()) {
      DurableFile.remove(folder);
    }
    return record;
  }

  private void work(MachineRecord record) {
    String id = record.wanted().id();
    Guest guest = new Guest(host, id, record.slot());
    RecordFile<MachineRecord> file = RecordFile.ofMachine(host.box(id, record.slot()).folder());
    MachineVolumes volumes = new MachineVolumes(id, shelf, guest);
    MachineWorker worker =
        new MachineWorker(
            new MachineSteps(record, file, guest, volumes, allocator, grace), outbox::put);
    workers.put(id, worker);
    worker.start();
  }

  /** May be repeated; called by one thread. */
  void apply(SyncAnswer.Item item) {
    switch (item.wanted()) {
      case WantedMachine machine -> machine(item.number(), machine, item.reported());
      case WantedImage image ->
          captures.apply(item.number(), image, Optional.ofNullable(workers.get(image.machine())));
      case WantedConsole console -> console(item.number(), console);
      case WantedVolume volume -> shelf.apply(item.number(), volume, item.reported());
      case WantedSnapshot snapshot -> shelf.apply(item.number(), snapshot, item.reported());
    }
  }

  private void machine(long number, WantedMachine wanted, boolean spokenOf) {
    MachineWorker worker = workers.get(wanted.id());
    if (worker != null) {
      worker.want(number, wanted);
    } else if (wanted.power() == Power.ABSENT || spokenOf) {
      String reason = wanted.power() == Power.ABSENT ? "" : "this node has lost it";
      outbox.put(
          new ReportedMachine(
              wanted.id(), number, true, MachineState.DELETING, reason, 0, "", "", List.of()));
    } else {
      MachineRecord record = MachineRecord.of(number, wanted, allocator.slot(wanted.id()));
      RecordFile.ofMachine(host.box(wanted.id(), record.slot()).folder()).write(record);
      work(record);
    }
  }

  private void console(long number, WantedConsole wanted) {
    MachineWorker worker = workers.get(wanted.machine());
    String text = "";
    String reason = "";
    try {
      if (worker == null) {
        reason = "there is no such machine on this node";
      } else {
        text = worker.console(ReportedConsole.MOST);
      }
    } catch (HostException e) {
      reason = e.reason();
    }
    outbox.put(new ReportedConsole(wanted.id(), number, reason, text));
  }

  /** The broker has these reports: what is gone need not be remembered any longer. */
  void known(List<Reported> reports) {
    reports.stream().filter(Reported::absent).map(Reported::id).forEach(workers::remove);
  }

  /** How many machines have a process now. */
  long running() {
    return workers.values().stream().map(MachineWorker::current).filter(MachineRecord::on).count();
  }

  void close() {
    workers.values().forEach(MachineWorker::close);
    captures.close();
    shelf.close();
  }
}
