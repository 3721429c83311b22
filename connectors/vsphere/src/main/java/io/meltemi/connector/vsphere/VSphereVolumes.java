package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeObservation;
import io.meltemi.connector.VolumeObservation.Attachment;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.connector.Volumes;
import io.meltemi.connector.vsphere.Builds.Build;
import io.meltemi.connector.vsphere.Clusters.Cluster;
import io.meltemi.connector.vsphere.Disks.Disk;
import io.meltemi.connector.vsphere.VSphereSnapshots.Node;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VCenter.Undertaking;
import io.meltemi.connector.vsphere.vim.VimFault;
import io.meltemi.pivot.VolumeOrder;
import io.meltemi.pivot.VolumeState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** First-class disks as volumes. */
final class VSphereVolumes implements Volumes {
  private final VCenter vcenter;
  private final Scope scope;
  private final Clusters clusters;
  private final Identity identity;
  private final Builds builds;
  private final Disks disks;
  private final Attaching attaching;
  private final VSphereSnapshots snapshots;
  private final Clock clock;

  VSphereVolumes(
      VCenter vcenter, Workshop workshop, Disks disks, VSphereSnapshots snapshots, Clock clock) {
    this.vcenter = vcenter;
    this.disks = disks;
    this.snapshots = snapshots;
    this.clock = clock;
    scope = workshop.scope();
    clusters = workshop.clusters();
    identity = workshop.identity();
    builds = workshop.builds();
    attaching = new Attaching(vcenter, scope, workshop.sight());
  }

  @Override
  public Handle create(VolumeOrder order, VolumeSpot spot, Token token) {
    Handle handle = identity.handle(Identity.Kind.VOLUME, token);
    String name = new MarkedName(order.name(), token).written(identity, Identity.Kind.VOLUME);
    Ref task =
        spot.snapshot()
            .map(snapshot -> snapshots.disk(source(order, snapshot, spot.type()), name))
            .orElseGet(() -> empty(order, spot, name));
    builds.begun(new Build(handle, Identity.Kind.VOLUME, token, task, order.name()));
    return handle;
  }

  private Node source(VolumeOrder order, Handle snapshot, Optional<String> type) {
    snapshots.offered();
    Node source =
        snapshots.of(snapshot).stream()
            .findFirst()
            .orElseThrow(() -> wrong("no snapshot has the id " + snapshot.value()));
    if (mebibytes(order.capacityKilobytes()) > source.disk().mebibytes()) {
      throw wrong(
          "a volume made of this snapshot holds %d kB; order no more"
              .formatted(kilobytes(source.disk())));
    }
    String home = source.disk().id().datastore().value();
    if (type.isPresent() && !type.get().equals(home)) {
      throw wrong(
          "a volume made of this snapshot is on its datastore, %s; it cannot be on %s"
              .formatted(home, type.get()));
    }
    return source;
  }

  private Ref empty(VolumeOrder order, VolumeSpot spot, String name) {
    Ref keeper =
        vcenter.diskKeeper().orElseThrow(() -> unsupported("the vCenter has no first-class disks"));
    Ref datastore = scope.on(ground -> datastore(ground.datacenter(), spot));
    Element spec =
        Element.of(
            "spec",
            Element.of("name", name),
            Element.of("keepAfterDeleteVm", true),
            Element.of(
                    "backingSpec",
                    Element.of("datastore", datastore),
                    Element.of("provisioningType", "thin"))
                .as("VslmCreateSpecDiskFileBackingSpec"),
            Element.of("capacityInMB", mebibytes(order.capacityKilobytes())));
    return vcenter.begin(keeper, Undertaking.CREATE_DISK, spec);
  }

  /** The one that was chosen; where none was, that with the most room. */
  private Ref datastore(Ref datacenter, VolumeSpot spot) {
    Cluster cluster =
        clusters
            .named(datacenter, spot.location())
            .orElseThrow(() -> wrong("no cluster is called " + spot.location()));
    if (spot.type().isPresent()) return chosen(cluster, spot.type().get()).ref();
    return cluster.shared().stream()
        .findFirst()
        .orElseThrow(() -> unsupported("the hosts of " + cluster.name() + " share no datastore"))
        .ref();
  }

  private static Facts chosen(Cluster cluster, String id) {
    return cluster
        .store(id)
        .orElseThrow(() -> {
          if (named(cluster.closed()).contains(id)) {
            return new ConnectorException(
                Fault.CAPACITY,
                "the datastore "
                    + id
                    + " is in maintenance mode or not accessible: no disk is made");
          }
          return wrong(
              "no datastore of %s has the id %s; those that its hosts share are %s"
                  .formatted(cluster.name(), id, named(cluster.shared())));
        });
  }

  private static List<String> named(List<Facts> datastores) {
    return datastores.stream().map(store -> store.ref().value()).toList();
  }

  /** Never less than was ordered. */
  static long mebibytes(long kilobytes) {
    return Math.ceilDiv(Math.min(kilobytes, Long.MAX_VALUE / 1000) * 1000, 1L << 20);
  }

  private static long kilobytes(Disk disk) {
    return disk.mebibytes() * (1L << 20) / 1000;
  }

  /** A datastore that cannot be reached keeps nobody from an order elsewhere. */
  @Override
  public List<Handle> find(Token token) {
    Handle handle = identity.handle(Identity.Kind.VOLUME, token);
    boolean there =
        builds.of(handle).flatMap(this::unmade).isPresent() || !disks.shown(handle).isEmpty();
    return there ? List.of(handle) : List.of();
  }

  @Override
  public List<VolumeObservation> list() {
    List<VolumeObservation> all = new ArrayList<>(unmade());
    Set<Handle> told = all.stream().map(VolumeObservation::handle).collect(Collectors.toSet());
    List<Disk> ours = disks.ours();
    Map<String, Handle> attached = ours.isEmpty() ? Map.of() : attaching.all();
    for (Disk disk : ours) {
      if (told.add(disk.handle())) {
        all.add(made(disk, attached));
      }
    }
    return all;
  }

  private List<VolumeObservation> unmade() {
    return builds.of(Identity.Kind.VOLUME).stream()
        .flatMap(build -> unmade(build).stream())
        .toList();
  }

  /** Empty when its creation has ended well: then the disk tells. */
  private Optional<VolumeObservation> unmade(Build build) {
    Optional<Progress> progress = builds.progress(build);
    if (progress.isPresent() && !progress.get().ended()) {
      return Optional.of(unmade(build, VolumeState.CREATING, Optional.empty()));
    }
    Optional<VimFault> error = progress.flatMap(Progress::error);
    if (error.isEmpty()) {
      builds.forget(build.handle());
    }
    return error.map(why -> unmade(build, VolumeState.ERROR, Optional.of(why.words())));
  }

  @Override
  public Optional<VolumeObservation> read(Handle volume) {
    Optional<VolumeObservation> unmade = builds.of(volume).flatMap(this::unmade);
    return unmade.isPresent()
        ? unmade
        : disks.of(volume).stream().findFirst().map(disk -> made(disk, attaching.all()));
  }

  private VolumeObservation made(Disk disk, Map<String, Handle> attached) {
    return new VolumeObservation(
        disk.handle(),
        disk.token(),
        VolumeState.AVAILABLE,
        Optional.empty(),
        disk.name(),
        kilobytes(disk),
        Optional.ofNullable(attached.get(disk.id().value())).stream()
            .map(machine -> new Attachment(machine, Optional.empty()))
            .toList(),
        clock.instant());
  }

  private VolumeObservation unmade(Build build, VolumeState state, Optional<String> reason) {
    return new VolumeObservation(
        build.handle(),
        Optional.of(build.token()),
        state,
        reason,
        build.name(),
        0,
        List.of(),
        clock.instant());
  }

  @Override
  public void attach(Handle volume, Handle machine) {
    attaching.attach(disk(volume), machine);
  }

  private Disk disk(Handle volume) {
    return disks.of(volume).stream()
        .findFirst()
        .orElseThrow(() -> wrong("no volume has the id " + volume.value()));
  }

  @Override
  public void detach(Handle volume, Handle machine) {
    disks.of(volume).forEach(disk -> attaching.detach(disk, machine));
  }

  @Override
  public Handle snapshot(Handle volume, String name, Token token) {
    snapshots.offered();
    Disk disk = disk(volume);
    standsAlone(disk, attaching.all());
    return snapshots.take(disk, name, token);
  }

  @Override
  public void delete(Handle volume) {
    if (builds.running(volume)) {
      throw new ConnectorException(
          Fault.TRANSIENT, "it is still being made; it is removed after that");
    }
    builds.forget(volume);
    List<Disk> all = disks.of(volume);
    Map<String, Handle> attached = all.isEmpty() ? Map.of() : attaching.all();
    for (Disk disk : all) {
      standsAlone(disk, attached);
      if (snapshots.hangOn(disk)) {
        throw wrong("the volume has snapshots; remove them first");
      }
      remove(disk);
    }
  }

  private static void standsAlone(Disk disk, Map<String, Handle> attached) {
    Handle machine = attached.get(disk.id().value());
    if (machine != null) {
      throw wrong("the volume is attached to " + machine.value());
    }
  }

  private void remove(Disk disk) {
    try {
      Ref keeper = vcenter.diskKeeper().orElseThrow();
      Ref task =
          vcenter.begin(
              keeper,
              Undertaking.DELETE_DISK,
              Element.of("id", Element.of("id", disk.id().value())),
              Element.of("datastore", disk.id().datastore()));
      Builds.early(vcenter, task)
          .ifPresent(error -> {
            throw Faults.of(error, Fault.UNKNOWN);
          });
    } catch (ConnectorException e) {
      boolean gone = Faults.is(e, "NotFound", "InvalidArgument", "TaskInProgress");
      if (!gone || vcenter.disk(disk.id().datastore(), disk.id().value()).isPresent()) {
        throw e;
      }
    }
  }

  private static ConnectorException wrong(String words) {
    return new ConnectorException(Fault.BAD_REQUEST, words);
  }

  private static ConnectorException unsupported(String words) {
    return new ConnectorException(Fault.UNSUPPORTED, words);
  }
}
