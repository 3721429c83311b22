package io.meltemi.connector.node;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images;
import io.meltemi.connector.Inventory;
import io.meltemi.connector.Machines;
import io.meltemi.connector.NodePartitions.Partition;
import io.meltemi.connector.NodeRecords.Node;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Volumes;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * All community nodes as one account; each node is a place. Talks to no node: it writes what a node
 * shall do and reads what the node reported.
 */
final class NodeConnector implements Connector {
  private final NodeDirectory directory;
  private final NodeMachines machines;
  private final NodeImages images;
  private final NodeVolumes volumes;
  private final NodeSnapshots snapshots;

  NodeConnector(NodeDirectory directory) {
    this.directory = directory;
    this.machines = new NodeMachines(directory);
    this.images = new NodeImages(directory);
    this.volumes = new NodeVolumes(directory);
    this.snapshots = new NodeSnapshots(directory);
  }

  @Override
  public Inventory discover() {
    List<Inventory.Place> places = new ArrayList<>();
    List<Inventory.Size> sizes = new ArrayList<>();
    Map<String, NodeReport.Image> found = new TreeMap<>();
    Map<String, Set<String>> where = new TreeMap<>();
    for (Node node : directory.present()) {
      NodeReport report = directory.report(node).orElseThrow();
      places.add(place(node, report));
      sizes.add(size(node, report));
      for (NodeReport.Image image : report.images()) {
        found.put(image.id(), image);
        where.computeIfAbsent(image.id(), id -> new TreeSet<>()).add(node.id());
      }
    }
    List<Inventory.Image> listed =
        found.values().stream()
            .map(image -> image(image, where.getOrDefault(image.id(), Set.of())))
            .toList();
    return new Inventory(
            places,
            sizes,
            listed,
            Amount.UNLIMITED,
            Amount.NONE,
            directory.clock().instant(),
            "node protocol 1")
        .with(storage())
        .with(
            directory.present().stream()
                .flatMap(node -> directory.network(node).stream())
                .toList());
  }

  /** One sort of volumes, as large as the largest node; free capacity is each place's own. */
  private Inventory.Storage storage() {
    Map<String, Long> largest = new TreeMap<>();
    for (Node node : directory.present()) {
      if (directory.abilities(node).contains(Capability.VOLUME_CREATE)) {
        NodeReport report = directory.report(node).orElseThrow();
        largest.put(node.id(), Math.max(1, report.capacity().diskKilobytes()));
      }
    }
    return largest.isEmpty()
        ? Inventory.Storage.NONE
        : new Inventory.Storage(
            List.of(
                new Inventory.VolumeType(
                    Optional.empty(),
                    "node disk",
                    Collections.max(largest.values()),
                    Optional.empty(),
                    largest.keySet())),
            Amount.UNLIMITED,
            Amount.NONE);
  }

  private Inventory.Place place(Node node, NodeReport report) {
    Location location =
        new Location(
            node.id(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(node.name()));
    return new Inventory.Place(
        location,
        directory.free(node, report),
        directory.abilities(node),
        Optional.of(report.cpuArchitecture()),
        directory.network(node).isPresent() ? 1 : 0);
  }

  /** Sizes are free: one machine may get the whole node. */
  private Inventory.Size size(Node node, NodeReport report) {
    Amount all = directory.total(node, report);
    return new Inventory.Size(
        Optional.empty(),
        node.name(),
        new Amount(1, all.cpu(), all.memoryKibibytes(), all.diskKilobytes()),
        Optional.empty(),
        Set.of(node.id()));
  }

  private static Inventory.Image image(NodeReport.Image image, Set<String> places) {
    return new Inventory.Image(
        image.id(),
        image.name(),
        Optional.empty(),
        image.leastMemoryKibibytes(),
        image.leastDiskKilobytes(),
        places);
  }

  @Override
  public Machines machines() {
    return machines;
  }

  @Override
  public Images images() {
    return images;
  }

  @Override
  public Volumes volumes() {
    return volumes;
  }

  @Override
  public Snapshots snapshots() {
    return snapshots;
  }

  /** Tells of partitions whose report differs from the one seen last. */
  @Override
  public AutoCloseable watch(Consumer<Handle> changed) {
    Map<String, String> last = new ConcurrentHashMap<>();
    return directory
        .records()
        .onChange(node -> {
          for (Partition row : directory.records().partitions().of(node)) {
            String now = row.reported().orElse("");
            if (!now.equals(last.put(node + "/" + row.id(), now))) {
              changed.accept(new Handle(node + "/" + row.id()));
            }
          }
        });
  }

  @Override
  public void close() {
    // holds nothing: rows are the broker's, threads there are none
  }
}
