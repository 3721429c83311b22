package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Images.State;
import io.meltemi.connector.MachineSnapshots;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.Builds.Build;
import io.meltemi.connector.vsphere.SnapshotTree.Node;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Faults;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Progress;
import io.meltemi.connector.vsphere.vim.VCenter.Undertaking;
import io.meltemi.connector.vsphere.vim.VimFault;
import io.meltemi.pivot.MachineState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Snapshots of virtual machines, with their memory. */
final class VSphereMachineSnapshots implements MachineSnapshots {
  private static final Duration UNTIL_TAKEN = Duration.ofSeconds(2);

  private final VCenter vcenter;
  private final Sight sight;
  private final Builds builds;
  private final Reverts reverts;
  private final SnapshotTree tree;

  VSphereMachineSnapshots(VCenter vcenter, Workshop workshop) {
    this.vcenter = vcenter;
    sight = workshop.sight();
    builds = workshop.builds();
    reverts = workshop.reverts();
    tree = new SnapshotTree(vcenter, workshop.scope(), workshop.identity());
  }

  @Override
  public Handle take(Handle machine, String name, Token token) {
    Seen seen = alone(machine);
    Handle handle = SnapshotTree.handle(machine, token);
    Ref task =
        vcenter.begin(
            seen.ref(),
            Undertaking.CREATE_SNAPSHOT,
            Element.of("name", name.isBlank() ? "snapshot" : name.strip()),
            Element.of("description", tree.description(token)),
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
    return those(token::equals);
  }

  @Override
  public List<Handle> list() {
    return those(token -> true);
  }

  private List<Handle> those(Predicate<Token> wanted) {
    Stream<Handle> making =
        builds.of(Identity.Kind.SNAPSHOT).stream()
            .filter(build -> wanted.test(build.token()) && builds.running(build.handle()))
            .map(Build::handle);
    Stream<Handle> made =
        tree.all().stream().filter(node -> wanted.test(node.token())).map(Node::handle);
    return Stream.concat(making, made).distinct().toList();
  }

  @Override
  public Optional<Taken> read(Handle snapshot) {
    Optional<Progress> making = builds.of(snapshot).flatMap(builds::progress);
    if (making.filter(how -> !how.ended()).isPresent()) {
      return Optional.of(new Taken(snapshot, State.MAKING, Optional.empty()));
    }
    if (tree.one(snapshot).isPresent()) {
      builds.forget(snapshot);
      Handle machine = SnapshotTree.machine(snapshot);
      return Optional.of(new Taken(snapshot, State.READY, reverts.failure(machine, snapshot)));
    }
    return making
        .flatMap(Progress::error)
        .map(VimFault::words)
        .map(words -> new Taken(snapshot, State.FAILED, Optional.of(words)));
  }

  @Override
  public void restore(Handle machine, Handle snapshot) {
    Seen seen = alone(machine);
    Node node =
        tree.one(snapshot)
            .filter(found -> SnapshotTree.machine(snapshot).equals(machine))
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
    if (builds.running(snapshot)) {
      throw new ConnectorException(
          Fault.TRANSIENT,
          "it is still being taken; it is removed after that",
          null,
          Optional.of(UNTIL_TAKEN));
    }
    builds.forget(snapshot);
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
