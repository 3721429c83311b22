package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images.State;
import io.meltemi.connector.MachineSnapshots;
import io.meltemi.connector.Marked;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.Builds.Build;
import io.meltemi.connector.vsphere.SnapshotTree.Node;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Undertaking;
import io.meltemi.pivot.MachineState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Snapshots of virtual machines, with their memory. */
final class VSphereMachineSnapshots implements MachineSnapshots {
  private final VCenter vcenter;
  private final Sight sight;
  private final Builds builds;
  private final Reverts reverts;
  private final SnapshotTree tree;
  private final SnapshotMark mark;
  private final Takings takings;

  VSphereMachineSnapshots(VCenter vcenter, Workshop workshop) {
    this.vcenter = vcenter;
    sight = workshop.sight();
    builds = workshop.builds();
    reverts = workshop.reverts();
    tree = new SnapshotTree(vcenter, workshop.scope(), workshop.identity());
    mark = new SnapshotMark(workshop.identity());
    takings = new Takings(builds, Identity.Kind.SNAPSHOT);
  }

  @Override
  public Handle take(Handle machine, String name, Token token) {
    Seen seen = alone(machine);
    Handle handle = SnapshotMark.handle(machine, token);
    Ref task =
        vcenter.begin(
            seen.ref(),
            Undertaking.CREATE_SNAPSHOT,
            Element.of("name", name.isBlank() ? "snapshot" : name.strip()),
            Element.of("description", mark.description(token)),
            Element.of("memory", true),
            Element.of("quiesce", false));
    builds.begun(new Build(handle, Identity.Kind.SNAPSHOT, token, task, name));
    return handle;
  }

  /** The machine, which has no volumes: a snapshot would hold their data too. */
  private Seen alone(Handle machine) {
    Seen seen =
        sight
            .one(machine)
            .filter(found -> found.handle().isPresent() && !found.template())
            .orElseThrow(() -> Acting.unknown(machine));
    if (!Attaching.disks(vcenter, seen.ref()).isEmpty()) {
      throw new ConnectorException(
          Fault.BAD_REQUEST, "volumes are attached to the machine; detach them first");
    }
    return seen;
  }

  @Override
  public List<Handle> find(Token token) {
    return Marked.bearing(token, list());
  }

  @Override
  public List<Marked> list() {
    Stream<Marked> taken = tree.all().stream().map(node -> new Marked(node.handle(), node.token()));
    return Stream.concat(takings.running(), taken).distinct().toList();
  }

  @Override
  public Optional<Taken> read(Handle snapshot) {
    return takings
        .read(snapshot, () -> tree.one(snapshot).isPresent())
        .map(taken -> taken.state() == State.READY ? restored(snapshot) : taken);
  }

  /** With the reason why the last restore from it failed. */
  private Taken restored(Handle snapshot) {
    Optional<String> failure = reverts.failure(SnapshotMark.subject(snapshot), snapshot);
    return new Taken(snapshot, State.READY, failure);
  }

  @Override
  public void restore(Handle machine, Handle snapshot) {
    Seen seen = alone(machine);
    Node node =
        tree.one(snapshot)
            .filter(found -> SnapshotMark.subject(snapshot).equals(machine))
            .orElseThrow(() -> none(snapshot));
    if (reverts.running(machine) || seen.state() == MachineState.RESTORING) {
      return;
    }
    Ref task = vcenter.begin(node.ref(), Undertaking.REVERT);
    reverts.begun(machine, snapshot, task);
    succeeded(task);
  }

  private static ConnectorException none(Handle snapshot) {
    return new ConnectorException(
        Fault.BAD_REQUEST, "the machine has no snapshot " + snapshot.value());
  }

  private void succeeded(Ref task) {
    Builds.early(vcenter, task)
        .ifPresent(error -> {
          throw Faults.of(error, Fault.UNKNOWN);
        });
  }

  /** What came after it stays, and is joined to what came before. */
  @Override
  public void delete(Handle snapshot) {
    takings.forget(snapshot);
    tree.one(snapshot).ifPresent(this::remove);
  }

  private void remove(Node node) {
    try {
      succeeded(
          vcenter.begin(
              node.ref(), Undertaking.REMOVE_SNAPSHOT, Element.of("removeChildren", false)));
    } catch (ConnectorException e) {
      if (!Faults.is(e, "ManagedObjectNotFound")) {
        throw e;
      }
    }
  }
}
