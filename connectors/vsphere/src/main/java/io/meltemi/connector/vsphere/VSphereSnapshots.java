package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Snapshots;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.Builds.Build;
import io.meltemi.connector.vsphere.Disks.Disk;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Undertaking;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Snapshots of first-class disks. They have no names; their descriptions bear the mark. */
final class VSphereSnapshots implements Snapshots {
  private final VCenter vcenter;
  private final Disks disks;
  private final Builds builds;
  private final SnapshotMark mark;
  private final Takings takings;

  VSphereSnapshots(VCenter vcenter, Workshop workshop, Disks disks) {
    this.vcenter = vcenter;
    this.disks = disks;
    builds = workshop.builds();
    mark = new SnapshotMark(workshop.identity());
    takings = new Takings(builds, Identity.Kind.DISK_SNAPSHOT);
  }

  /**
   * @param id the vCenter's, unique on its disk
   */
  record Node(Disk disk, String id, Token token) {
    Handle handle() {
      return SnapshotMark.handle(disk.handle(), token);
    }
  }

  Handle take(Disk disk, String name, Token token) {
    Handle handle = SnapshotMark.handle(disk.handle(), token);
    Ref task =
        vcenter.begin(
            keeper(),
            Undertaking.SNAPSHOT_DISK,
            Element.of("id", Element.of("id", disk.id().value())),
            Element.of("datastore", disk.id().datastore()),
            Element.of("description", mark.description(name, token)));
    builds.begun(new Build(handle, Identity.Kind.DISK_SNAPSHOT, token, task, name));
    return handle;
  }

  /** Throws where the vCenter takes none. */
  void offered() {
    if (!vcenter.snapshotsDisks()) {
      throw new ConnectorException(
          Fault.UNSUPPORTED, "the vCenter is older than 6.7: no snapshots are taken of volumes");
    }
  }

  private Ref keeper() {
    return vcenter.diskKeeper().orElseThrow();
  }

  /** Begins a disk with what a snapshot holds; it is as large as the disk that was snapshotted. */
  Ref disk(Node of, String name) {
    return vcenter.begin(
        keeper(),
        Undertaking.CREATE_DISK_OF_SNAPSHOT,
        Element.of("id", Element.of("id", of.disk().id().value())),
        Element.of("datastore", of.disk().id().datastore()),
        Element.of("snapshotId", Element.of("id", of.id())),
        Element.of("name", name));
  }

  /** True when a disk has any, whoever took them. */
  boolean hangOn(Disk disk) {
    return !shown(disk).isEmpty();
  }

  private List<Element> shown(Disk disk) {
    return vcenter.snapshotsDisks()
        ? vcenter.diskSnapshots(disk.id().datastore(), disk.id().value())
        : List.of();
  }

  private Stream<Node> ours(Disk disk) {
    return shown(disk).stream()
        .flatMap(snapshot ->
            mark.token(snapshot.text("description")).stream()
                .map(token -> new Node(disk, snapshot.need("id").text("id"), token)));
  }

  /** More than one where a snapshot was taken twice. */
  List<Node> of(Handle snapshot) {
    return disks.of(SnapshotMark.subject(snapshot)).stream()
        .flatMap(this::ours)
        .filter(node -> node.handle().equals(snapshot))
        .toList();
  }

  @Override
  public List<Handle> find(Token token) {
    return Marked.bearing(token, list());
  }

  @Override
  public List<Marked> list() {
    Stream<Marked> taken =
        disks.ours().stream()
            .flatMap(this::ours)
            .map(node -> new Marked(node.handle(), node.token()));
    return Stream.concat(takings.running(), taken).distinct().toList();
  }

  @Override
  public Optional<Taken> read(Handle snapshot) {
    return takings.read(snapshot, () -> !of(snapshot).isEmpty());
  }

  @Override
  public void delete(Handle snapshot) {
    takings.forget(snapshot);
    of(snapshot).forEach(this::remove);
  }

  private void remove(Node node) {
    try {
      Ref task =
          vcenter.begin(
              keeper(),
              Undertaking.DELETE_DISK_SNAPSHOT,
              Element.of("id", Element.of("id", node.disk().id().value())),
              Element.of("datastore", node.disk().id().datastore()),
              Element.of("snapshotId", Element.of("id", node.id())));
      Builds.early(vcenter, task)
          .ifPresent(error -> {
            throw Faults.of(error, Fault.UNKNOWN);
          });
    } catch (ConnectorException e) {
      boolean gone = Faults.is(e, "NotFound", "InvalidArgument", "TaskInProgress");
      if (!gone || of(node.handle()).contains(node)) {
        throw e;
      }
    }
  }
}
