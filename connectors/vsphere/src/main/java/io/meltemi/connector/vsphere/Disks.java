package io.meltemi.connector.vsphere;

import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * First-class disks on the account's datastores. A vCenter tells the ids of all and the name of one
 * at a time, so a name that was read once is remembered: which disks are ours is asked once each.
 */
final class Disks {
  private final VCenter vcenter;
  private final Scope scope;
  private final Clusters clusters;
  private final Identity identity;
  private final Map<Id, String> names = new ConcurrentHashMap<>();

  Disks(VCenter vcenter, Scope scope, Clusters clusters, Identity identity) {
    this.vcenter = vcenter;
    this.scope = scope;
    this.clusters = clusters;
    this.identity = identity;
  }

  record Id(Ref datastore, String value) {}

  /**
   * @param token where this account's broker made it
   * @param name the order's name
   * @param lasting whether it outlives a machine that it is at
   */
  record Disk(
      Id id, Handle handle, Optional<Token> token, String name, long mebibytes, boolean lasting) {}

  private record Read(Id id, String name, long mebibytes, boolean lasting) {
    Disk as(Handle handle, Optional<Token> token, String wanted) {
      return new Disk(id, handle, token, wanted, mebibytes, lasting);
    }
  }

  /** Those which this account's broker made. */
  List<Disk> ours() {
    return read(name -> marked(name).isPresent()).stream()
        .flatMap(read ->
            marked(read.name()).stream()
                .map(name ->
                    read.as(
                        identity.handle(Identity.Kind.VOLUME, name.token()),
                        Optional.of(name.token()),
                        name.wanted())))
        .toList();
  }

  /** Those of one handle, whoever made them; more than one where a creation was repeated. */
  List<Disk> of(Handle handle) {
    return read(name -> Identity.bears(name, handle)).stream()
        .map(read ->
            read.as(
                handle, marked(read.name()).map(MarkedName::token), MarkedName.plain(read.name())))
        .toList();
  }

  private Optional<MarkedName> marked(String name) {
    return MarkedName.read(name, identity, Identity.Kind.VOLUME);
  }

  private List<Read> read(Predicate<String> wanted) {
    if (vcenter.diskKeeper().isEmpty()) {
      return List.of();
    }
    List<Id> present = scope.on(ground -> present(ground.datacenter()));
    names.keySet().retainAll(present);
    return present.stream()
        .filter(id -> Optional.ofNullable(names.get(id)).map(wanted::test).orElse(true))
        .flatMap(id -> read(id).stream())
        .filter(disk -> wanted.test(disk.name()))
        .toList();
  }

  private List<Id> present(Ref datacenter) {
    return clusters.datastores(datacenter).stream()
        .flatMap(store -> vcenter.disks(store).stream().map(id -> new Id(store, id)))
        .toList();
  }

  private Optional<Read> read(Id id) {
    Optional<Read> read =
        vcenter
            .disk(id.datastore(), id.value())
            .map(config ->
                new Read(
                    id,
                    config.text("name"),
                    config.need("capacityInMB").number(),
                    config.child("keepAfterDeleteVm").filter(Element::flag).isPresent()));
    read.ifPresent(disk -> names.put(id, disk.name()));
    return read;
  }
}
