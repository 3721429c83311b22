package io.meltemi.connector.vsphere.vim;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Http;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A vCenter through SOAP. */
public final class SoapVCenter implements VCenter {
  /** More a vCenter does not tell at once. */
  private static final int MOST_EVENTS = 1000;

  private final Session session;
  private final Properties properties;
  private final Updates updates;

  /**
   * @param http closed with this
   * @param keepAlive pause between two signs of life of a session that nobody uses
   */
  public SoapVCenter(URI address, String user, String password, Http http, Duration keepAlive) {
    session = new Session(new Transport(address, http), user, password, keepAlive);
    properties = new Properties(session);
    updates = new Updates(session);
  }

  @Override
  public String product() {
    Element about = session.live().content().need("about");
    return about.text("fullName") + ", API " + about.text("apiVersion");
  }

  @Override
  public String identity() {
    return session.live().content().need("about").text("instanceUuid");
  }

  @Override
  public Ref root() {
    return manager("rootFolder");
  }

  private Ref manager(String name) {
    return session.live().manager(name);
  }

  @Override
  public Optional<Ref> byPath(String path) {
    return found(
        session.ask(
            manager("searchIndex"), "FindByInventoryPath", Element.of("inventoryPath", path)));
  }

  @Override
  public Optional<Ref> child(Ref parent, String name) {
    return found(
        session.ask(
            manager("searchIndex"),
            "FindChild",
            Element.of("entity", parent),
            Element.of("name", name)));
  }

  @Override
  public Optional<Ref> byInstanceUuid(String uuid) {
    return found(
        session.ask(
            manager("searchIndex"),
            "FindByUuid",
            Element.of("uuid", uuid),
            Element.of("vmSearch", true),
            Element.of("instanceUuid", true)));
  }

  private static Optional<Ref> found(Element answer) {
    return answer.child("returnval").map(Element::ref);
  }

  @Override
  public List<Facts> read(Walk walk) {
    return properties.read(walk);
  }

  @Override
  public List<Facts> readIfThere(Walk walk) {
    try {
      return properties.read(walk);
    } catch (ConnectorException e) {
      if (Faults.is(e, "ManagedObjectNotFound")) {
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public Set<String> privileges(Ref on, Set<String> asked) {
    return granted(List.of(on), asked)
        .flatMap(entity -> entity.all("privAvailability"))
        .filter(one -> one.need("isGranted").flag())
        .map(one -> one.text("privId"))
        .collect(Collectors.toSet());
  }

  @Override
  public Set<Ref> allowing(List<Ref> objects, String privilege) {
    if (objects.isEmpty()) {
      return Set.of();
    }
    return granted(objects, Set.of(privilege))
        .filter(each -> each.all("privAvailability").allMatch(one -> one.need("isGranted").flag()))
        .map(each -> each.need("entity").ref())
        .collect(Collectors.toSet());
  }

  private Stream<Element> granted(List<Ref> on, Set<String> asked) {
    List<Element> arguments = new ArrayList<>();
    on.forEach(object -> arguments.add(Element.of("entity", object)));
    arguments.add(Element.of("sessionId", session.live().key()));
    asked.stream().sorted().forEach(id -> arguments.add(Element.of("privId", id)));
    return session
        .ask(
            manager("authorizationManager"),
            "HasPrivilegeOnEntities",
            arguments.toArray(Element[]::new))
        .all("returnval");
  }

  @Override
  public Optional<Ref> diskKeeper() {
    return session.live().content().child("vStorageObjectManager").map(Element::ref);
  }

  @Override
  public List<String> disks(Ref datastore) {
    Element answer =
        session.ask(
            manager("vStorageObjectManager"),
            "ListVStorageObject",
            Element.of("datastore", datastore));
    return answer.all("returnval").map(id -> id.text("id")).toList();
  }

  @Override
  public Optional<Element> disk(Ref datastore, String id) {
    return ofDisk("RetrieveVStorageObject", datastore, id).map(told -> told.need("config"));
  }

  /** What a vCenter tells of a first-class disk; empty when it is not there. */
  private Optional<Element> ofDisk(String method, Ref datastore, String id) {
    try {
      Element answer =
          session.ask(
              manager("vStorageObjectManager"),
              method,
              Element.of("id", Element.of("id", id)),
              Element.of("datastore", datastore));
      return Optional.of(answer.need("returnval"));
    } catch (ConnectorException e) {
      if (Faults.is(e, "NotFound", "InvalidDatastore", "FileNotFound")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void keep(Ref datastore, String id) {
    session.change(
        manager("vStorageObjectManager"),
        "SetVStorageObjectControlFlags",
        Element.of("id", Element.of("id", id)),
        Element.of("datastore", datastore),
        Element.of("controlFlags", "keepAfterDeleteVm"));
  }

  @Override
  public boolean snapshotsDisks() {
    String announced = session.live().content().need("about").text("apiVersion");
    return diskKeeper().isPresent()
        && ApiVersion.of(announced).compareTo(ApiVersion.DISK_SNAPSHOTS) >= 0;
  }

  @Override
  public List<Element> diskSnapshots(Ref datastore, String id) {
    return ofDisk("RetrieveSnapshotInfo", datastore, id).stream()
        .flatMap(told -> told.all("snapshots"))
        .toList();
  }

  @Override
  public Ref begin(Ref on, Undertaking undertaking, Element... arguments) {
    return session.change(on, undertaking.method(), arguments).need("returnval").ref();
  }

  @Override
  public void ask(Ref machine, GuestWish wish) {
    session.change(machine, wish.method());
  }

  @Override
  public void cancel(Ref task) {
    session.change(task, "CancelTask");
  }

  @Override
  public Optional<Progress> progress(Ref task) {
    return readIfThere(Tasks.walk(task)).stream().findFirst().map(Tasks::progress);
  }

  @Override
  public Optional<Progress> await(Ref task, Duration atMost) {
    Optional<Progress> now = progress(task);
    if (now.isEmpty() || now.get().ended()) {
      return now;
    }
    return updates.await(task, atMost);
  }

  @Override
  public List<FailedClone> failedClones(Ref below, Instant since) {
    Element filter =
        Element.of(
            "filter",
            Element.of("entity", Element.of("entity", below), Element.of("recursion", "all")),
            Element.of("time", Element.of("beginTime", since.toString())),
            Element.of("eventTypeId", "VmCloneFailedEvent"),
            Element.of("maxCount", MOST_EVENTS));
    try {
      return session
          .ask(manager("eventManager"), "QueryEvents", filter)
          .all("returnval")
          .map(event ->
              new FailedClone(event.text("destName"), VimFault.ofTask(event.need("reason"))))
          .toList();
    } catch (ConnectorException e) {
      if (Faults.is(e, "NoPermission")) {
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public void follow(Walk walk, Consumer<List<Change>> told) throws InterruptedException {
    updates.follow(walk, told);
  }

  @Override
  public void close() {
    session.close();
  }
}
