package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The snapshots that machines have, as far as this account's broker took them. */
final class SnapshotTree {
  private static final String[] PATHS = {"config.instanceUuid", "snapshot"};

  private final VCenter vcenter;
  private final Scope scope;
  private final SnapshotMark mark;

  SnapshotTree(VCenter vcenter, Scope scope, Identity identity) {
    this.vcenter = vcenter;
    this.scope = scope;
    mark = new SnapshotMark(identity);
  }

  record Node(Handle handle, Token token, Ref ref) {}

  /** All of the machines in the account's folder. */
  List<Node> all() {
    return scope.on(ground ->
        ours(vcenter.read(Walk.from(ground.folder(), Step.down()).note("VirtualMachine", PATHS))));
  }

  Optional<Node> one(Handle snapshot) {
    return vcenter
        .byInstanceUuid(SnapshotMark.subject(snapshot).value())
        .map(ref -> ours(vcenter.readIfThere(Walk.from(ref).note("VirtualMachine", PATHS))))
        .orElseGet(List::of)
        .stream()
        .filter(node -> node.handle().equals(snapshot))
        .findFirst();
  }

  private List<Node> ours(List<Facts> machines) {
    return machines.stream()
        .filter(machine -> !machine.text("config.instanceUuid").isEmpty())
        .flatMap(this::of)
        .toList();
  }

  private Stream<Node> of(Facts machine) {
    Handle handle = new Handle(machine.text("config.instanceUuid"));
    return machine.get("snapshot").stream()
        .flatMap(info -> info.all("rootSnapshotList"))
        .flatMap(SnapshotTree::withChildren)
        .flatMap(tree -> of(handle, tree).stream());
  }

  private Optional<Node> of(Handle machine, Element tree) {
    return mark.token(tree.text("description"))
        .map(token ->
            new Node(SnapshotMark.handle(machine, token), token, tree.need("snapshot").ref()));
  }

  private static Stream<Element> withChildren(Element tree) {
    return Stream.concat(
        Stream.of(tree), tree.all("childSnapshotList").flatMap(SnapshotTree::withChildren));
  }
}
