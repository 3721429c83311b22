package io.meltemi.connector.vsphere;

import static java.util.function.Predicate.not;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Token;
import io.meltemi.connector.vsphere.vim.Element;
import io.meltemi.connector.vsphere.vim.Facts;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * First-class disks on all datastores, also those where the account makes none any more. A vCenter
 * tells the ids of all and the name of one at a time, so a name that was read once is remembered:
 * which disks are ours is asked once each.
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

  /** Ids on the datastores that can be reached; what is on the others nobody tells. */
  private record Look(List<Id> present, List<Facts> away) {}

  /** Those which this account's broker made, as far as they can be reached. */
  List<Disk> ours() {
    return read(look(), name -> marked(name).isPresent()).stream()
        .flatMap(read ->
            marked(read.name()).stream()
                .map(name ->
                    read.as(
                        identity.handle(Identity.Kind.VOLUME, name.token()),
                        Optional.of(name.token()),
                        name.wanted())))
        .toList();
  }

  /**
   * Those of one handle, whoever made them; more than one where a creation was repeated.
   *
   * @throws ConnectorException with TRANSIENT where there is none, and one may be on a datastore
   *     that cannot be reached
   */
  List<Disk> of(Handle handle) {
    Look look = look();
    List<Disk> found = of(handle, look);
    List<Facts> suspects = found.isEmpty() ? suspects(handle, look) : List.of();
    if (suspects.isEmpty()) return found;
    throw new ConnectorException(
        Fault.TRANSIENT,
        "it may be on a datastore that is not accessible: "
            + suspects.stream().map(store -> store.text("name")).collect(Collectors.joining(", ")));
  }

  /** The same as far as they can be reached. */
  List<Disk> shown(Handle handle) {
    return of(handle, look());
  }

  /** The datastore where it was seen last tells whether it is gone; where none is known, all do. */
  private List<Facts> suspects(Handle handle, Look look) {
    Set<Ref> homes =
        names.entrySet().stream()
            .filter(known -> Identity.bears(known.getValue(), handle))
            .map(known -> known.getKey().datastore())
            .collect(Collectors.toSet());
    return look.away().stream()
        .filter(store -> homes.isEmpty() || homes.contains(store.ref()))
        .toList();
  }

  private List<Disk> of(Handle handle, Look look) {
    return read(look, name -> Identity.bears(name, handle)).stream()
        .map(read ->
            read.as(
                handle, marked(read.name()).map(MarkedName::token), MarkedName.plain(read.name())))
        .toList();
  }

  private Optional<MarkedName> marked(String name) {
    return MarkedName.read(name, identity, Identity.Kind.VOLUME);
  }

  private List<Read> read(Look look, Predicate<String> wanted) {
    return look.present().stream()
        .filter(id -> Optional.ofNullable(names.get(id)).map(wanted::test).orElse(true))
        .flatMap(id -> read(id).stream())
        .filter(disk -> wanted.test(disk.name()))
        .toList();
  }

  /** Names of disks that are not seen are kept for as long as that proves nothing. */
  private Look look() {
    if (vcenter.diskKeeper().isEmpty()) return new Look(List.of(), List.of());
    Look look = scope.on(ground -> look(clusters.datastores(ground.datacenter())));
    if (look.away().isEmpty()) names.keySet().retainAll(Set.copyOf(look.present()));
    return look;
  }

  private Look look(List<Facts> datastores) {
    List<Id> present =
        datastores.stream()
            .filter(Clusters::accessible)
            .flatMap(store -> ids(store).stream().map(id -> new Id(store.ref(), id)))
            .toList();
    return new Look(present, datastores.stream().filter(not(Clusters::accessible)).toList());
  }

  /** None are ours where the account makes none and may not look. */
  private List<String> ids(Facts store) {
    try {
      return vcenter.disks(store.ref());
    } catch (ConnectorException e) {
      if (clusters.allowed(store) || e.fault() != Fault.UNSUPPORTED) throw e;
      return List.of();
    }
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
