package io.meltemi.connector.node;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Marked;
import io.meltemi.connector.NodePartitions;
import io.meltemi.connector.NodePartitions.Partition;
import io.meltemi.connector.NodeRecords;
import io.meltemi.connector.NodeRecords.Node;
import io.meltemi.connector.Token;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The rows of nodes and partitions, decoded. */
final class NodeDirectory {
  private final NodeRecords records;
  private final NodePartitions partitions;
  private final Clock clock;
  private final Duration silence;
  private final Instant opened;
  private final Wire wire = Wire.own();

  NodeDirectory(NodeRecords records, Clock clock, Duration silence) {
    this.records = records;
    this.partitions = records.partitions();
    this.clock = clock;
    this.silence = silence;
    this.opened = clock.instant();
  }

  /** A row of a partition: what it shall be and, once its node has spoken, what it is. */
  record Entry(Partition row, Wanted wanted, Optional<Reported> reported) {
    Handle handle() {
      return new Handle(row.node() + "/" + row.id());
    }

    Marked marked() {
      return new Marked(handle(), row.token());
    }

    /** Its node said that it is not there any more. */
    boolean gone() {
      return reported.map(Reported::absent).orElse(false);
    }
  }

  NodeRecords records() {
    return records;
  }

  Clock clock() {
    return clock;
  }

  /** Nodes that were heard lately and can run machines. */
  List<Node> present() {
    return records.nodes().stream()
        .filter(node -> !silent(node) && !abilities(node).isEmpty())
        .toList();
  }

  boolean silent(Node node) {
    return node.seen().plus(silence).isBefore(clock.instant());
  }

  /** Nobody may have listened before: a node that was silent then can still dial in soon. */
  boolean mayDialIn() {
    return clock.instant().isBefore(opened.plus(silence));
  }

  Optional<NodeReport> report(Node node) {
    return node.report().map(json -> wire.read(json, NodeReport.class));
  }

  /** What works on the node, by the kind in use; nothing before it has told. */
  Set<Capability> abilities(Node node) {
    return report(node).flatMap(NodeReport::inUse).map(NodeDirectory::abilities).orElse(Set.of());
  }

  private static Set<Capability> abilities(NodeReport.Kind kind) {
    if (kind.network().isEmpty()) return kind.abilities();
    Set<Capability> all = EnumSet.of(Capability.NETWORK_CHOICE);
    all.addAll(kind.abilities());
    return all;
  }

  /**
   * The network of the node's guests. It is one by its name alone: each guest has one of its own,
   * with the same addresses, and meets nobody there.
   */
  Optional<Inventory.Network> network(Node node) {
    return report(node)
        .flatMap(NodeReport::inUse)
        .map(NodeReport.Kind::network)
        .filter(range -> !range.isEmpty())
        .map(range ->
            new Inventory.Network(
                node.id(),
                networkName(node),
                false,
                true,
                OptionalLong.empty(),
                List.of(range),
                Set.of(node.id())));
  }

  /** For people. */
  static String networkName(Node node) {
    return "guests of " + node.name();
  }

  void needs(Node node, Capability ability) {
    if (!abilities(node).contains(ability)) {
      throw new ConnectorException(Fault.UNSUPPORTED, "node " + node.name() + " has no " + ability);
    }
  }

  /** The report of a node that can take something new now. */
  NodeReport ready(Node node) {
    if (silent(node)) {
      throw new ConnectorException(
          mayDialIn() ? Fault.TRANSIENT : Fault.CAPACITY,
          "node " + node.name() + " was last heard at " + node.seen());
    }
    return report(node)
        .filter(report -> !abilities(node).isEmpty())
        .orElseThrow(
            () -> new ConnectorException(Fault.CAPACITY, "node " + node.name() + " is not ready"));
  }

  void needsRoom(Node node, NodeReport report, Amount needed) {
    Amount free = free(node, report);
    if (!free.holds(needed)) {
      throw new ConnectorException(
          Fault.CAPACITY, "node " + node.name() + " has " + free + " left, wanted " + needed);
    }
  }

  /** Volumes are as many as the disk has room for. */
  Amount total(Node node, NodeReport report) {
    NodeReport.Capacity all = report.capacity();
    long volumes = abilities(node).contains(Capability.VOLUME_CREATE) ? Long.MAX_VALUE : 0;
    return new Amount(
        all.machines(), all.cpu(), all.memoryKibibytes(), all.diskKilobytes(), volumes);
  }

  /** What is left when all that shall be there is there. */
  Amount free(Node node, NodeReport report) {
    Amount taken = Amount.NONE;
    for (Partition row : partitions.of(node.id())) {
      Entry entry = entry(row);
      if (!entry.gone()) {
        taken = taken.plus(taken(report, entry.wanted()));
      }
    }
    return total(node, report).minus(taken);
  }

  private static Amount taken(NodeReport report, Wanted wanted) {
    return switch (wanted) {
      case WantedMachine machine -> taken(machine).plus(firstDisk(report, machine.image()));
      case WantedVolume volume -> new Amount(0, 0, 0, volume.capacityKilobytes(), 1);
      case WantedSnapshot snapshot -> new Amount(0, 0, 0, snapshot.capacityKilobytes());
      case WantedImage image -> Amount.NONE;
      case WantedConsole console -> Amount.NONE;
    };
  }

  /** What the image's disk takes beyond the part that is set aside for each machine. */
  static Amount firstDisk(NodeReport report, String image) {
    long size =
        report.images().stream()
            .filter(listed -> listed.id().equals(image))
            .findFirst()
            .map(NodeReport.Image::leastDiskKilobytes)
            .orElse(0L);
    return new Amount(0, 0, 0, Math.max(0, size - report.capacity().firstDiskKilobytes()));
  }

  private static Amount taken(WantedMachine machine) {
    return new Amount(
        1,
        machine.cpu(),
        machine.memoryKibibytes(),
        machine.disksKilobytes().stream().mapToLong(Long::longValue).sum());
  }

  List<Entry> all() {
    return records.nodes().stream()
        .flatMap(node -> partitions.of(node.id()).stream())
        .map(this::entry)
        .filter(found -> !found.gone())
        .toList();
  }

  List<Entry> find(Token token) {
    return partitions.find(token).stream().map(this::entry).filter(found -> !found.gone()).toList();
  }

  /** Empty also for what is no handle of a node. */
  Optional<Entry> entry(Handle handle) {
    String[] parts = handle.value().split("/", -1);
    return parts.length == 2
        ? partitions.read(parts[0], parts[1]).map(this::entry).filter(found -> !found.gone())
        : Optional.empty();
  }

  Entry entry(Partition row) {
    return new Entry(
        row,
        wire.read(row.wanted(), Wanted.class),
        row.reported().map(json -> wire.read(json, Reported.class)));
  }

  Node node(String id) {
    return records
        .node(id)
        .orElseThrow(() -> new ConnectorException(Fault.BAD_REQUEST, "there is no node " + id));
  }

  Handle want(String node, Wanted wanted) {
    partitions.want(node, wanted.id(), new Token(wanted.token()), wire.text(wanted));
    return new Handle(node + "/" + wanted.id());
  }
}
