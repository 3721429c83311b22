package io.meltemi.connector.vsphere;

import io.meltemi.connector.Inventory;
import io.meltemi.connector.vsphere.Clusters.Cluster;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.pivot.Amount;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The datastores on which volumes can be made: each is a type of volumes at its clusters. */
final class Stores {
  private static final String FILES = "Datastore.FileManagement";

  /** No virtual disk is larger, whatever its datastore: 62 TiB. */
  private static final long LARGEST_BYTES = 62L << 40;

  private final List<Cluster> clusters;
  private final Set<Ref> allowed;

  private Stores(List<Cluster> clusters, Set<Ref> allowed) {
    this.clusters = clusters;
    this.allowed = allowed;
  }

  /** Of those that the clusters' hosts share, where the account may make files. */
  static Stores of(VCenter vcenter, List<Cluster> clusters) {
    List<Ref> shared =
        clusters.stream()
            .flatMap(cluster -> cluster.shared().stream())
            .map(Facts::ref)
            .distinct()
            .toList();
    return new Stores(
        clusters, vcenter.diskKeeper().isPresent() ? vcenter.allowing(shared, FILES) : Set.of());
  }

  /** Whether volumes can be made at a cluster. */
  boolean at(Cluster cluster) {
    return cluster.shared().stream().anyMatch(store -> allowed.contains(store.ref()));
  }

  /** The one with the most room comes first: it is taken where nobody chooses. */
  Inventory.Storage storage() {
    List<Inventory.VolumeType> types =
        clusters.stream()
            .flatMap(cluster -> cluster.shared().stream())
            .filter(store -> allowed.contains(store.ref()))
            .collect(Collectors.toMap(Facts::ref, Function.identity(), (one, same) -> one))
            .values()
            .stream()
            .sorted(Clusters.ROOMIEST_FIRST)
            .map(this::type)
            .toList();
    return new Inventory.Storage(types, Amount.UNLIMITED, Amount.NONE);
  }

  private Inventory.VolumeType type(Facts store) {
    long most = Math.min(store.number("summary.capacity"), LARGEST_BYTES) / 1000;
    Set<String> places =
        clusters.stream()
            .filter(cluster -> cluster.store(store.ref().value()).isPresent())
            .map(Cluster::name)
            .collect(Collectors.toSet());
    return new Inventory.VolumeType(
        Optional.of(store.ref().value()),
        store.text("name"),
        Math.max(1, most),
        Optional.empty(),
        places,
        OptionalLong.of(store.number("summary.freeSpace") / 1000));
  }
}
